import type { Path } from "./ast.ts";

/** Paths that do not overlap, joined where they begin alike. Each path's end carries something. */
export type PathTree<T> = { readonly leaf: T } | { readonly branches: PathBranches<T> };

/** The next steps of several paths: all of them names, or all of them indexes. */
export type PathBranches<T> = Map<string | number, PathTree<T>>;

/** Joins paths into a tree. */
export const pathTreeOf = <T>(entries: Iterable<readonly [Path, T]>): PathBranches<T> => {
  const root: PathBranches<T> = new Map();
  for (const [path, leaf] of entries) {
    let branches = root;
    path.forEach((step, i) => {
      if (i === path.length - 1) branches.set(step, { leaf });
      else branches = branchesAt(branches, step);
    });
  }
  return root;
};

const branchesAt = <T>(branches: PathBranches<T>, step: string | number): PathBranches<T> => {
  const existing = branches.get(step);
  if (existing !== undefined && "branches" in existing) return existing.branches;
  const made: PathBranches<T> = new Map();
  branches.set(step, { branches: made });
  return made;
};
