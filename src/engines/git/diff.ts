import type { RepositoryName } from "../../kernel/gitHost.ts";
import { type GitMeans, git } from "./gitCommand.ts";
import { MAX_DIFF_BYTES } from "./limits.ts";
import { repositoryPath } from "./place.ts";

/** One file that differs between two states of a repository, in GitHub's words. */
export interface FileChange {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: "added" | "removed" | "modified" | "renamed" | "copied" | "changed";
  /** The blob's id; of a removed file, the one it had. */
  readonly blob: string;
  readonly additions: number;
  readonly deletions: number;
  /** The hunks; absent for what is no text. */
  readonly patch?: string;
}

/** git's own name of a tree with nothing in it. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** What changed between two commits; `undefined` for what was before the first. */
export const filesBetween = async (
  means: GitMeans,
  name: RepositoryName,
  before: string | undefined,
  after: string,
): Promise<readonly FileChange[]> => {
  const cwd = repositoryPath(means, name);
  const diff = (...form: readonly string[]) =>
    git(means, ["diff-tree", "-r", "-M", ...form, before ?? EMPTY_TREE, after], { cwd, maxBytes: MAX_DIFF_BYTES });
  const [numbers, patches] = await Promise.all([
    diff("--raw", "--numstat", "--no-abbrev", "-z"),
    diff("-p", "--no-color", "--no-ext-diff"),
  ]);
  const hunks = splitPatches(patches.toString());
  return parseChanges(numbers.toString()).map((change, index) => {
    const patch = hunks[index];
    return patch === undefined ? change : { ...change, patch };
  });
};

/** The same as one text, as `git diff` prints it. */
export const diffText = async (
  means: GitMeans,
  name: RepositoryName,
  before: string | undefined,
  after: string,
): Promise<Buffer> =>
  git(means, ["diff-tree", "-p", "-r", "-M", "--full-index", before ?? EMPTY_TREE, after], {
    cwd: repositoryPath(means, name),
    maxBytes: MAX_DIFF_BYTES,
  });

/** A file's blob and mode on one side of a change. */
export interface FileState {
  readonly blob: string;
  /** As git writes it: `100644`. */
  readonly mode: string;
}

/** What became of one path between two states of a repository; a file that moved is one that went and one that came. */
export interface PathChange {
  readonly path: string;
  readonly before?: FileState;
  readonly after?: FileState;
}

/** Which paths differ between two commits or trees, in the order of their names. */
export const pathsBetween = async (
  means: GitMeans,
  name: RepositoryName,
  before: string | undefined,
  after: string,
): Promise<readonly PathChange[]> => {
  const args = ["diff-tree", "-r", "--raw", "--no-renames", "--no-abbrev", "-z", before ?? EMPTY_TREE, after];
  return parsePathChanges(
    (await git(means, args, { cwd: repositoryPath(means, name), maxBytes: MAX_DIFF_BYTES })).toString(),
  );
};

/** Reads `git diff-tree --raw --no-renames -z`. */
export const parsePathChanges = (text: string): readonly PathChange[] => {
  const parts = text.split("\0");
  const changes: PathChange[] = [];
  for (let at = 0; parts[at]?.startsWith(":"); at += 2) {
    const [oldMode = "", newMode = "", before = "", after = "", letter = ""] = (parts[at] ?? "").slice(1).split(" ");
    changes.push({
      path: parts[at + 1] ?? "",
      ...(letter === "A" ? {} : { before: { blob: before, mode: oldMode } }),
      ...(letter === "D" ? {} : { after: { blob: after, mode: newMode } }),
    });
  }
  return changes;
};

const STATUSES: Readonly<Record<string, FileChange["status"]>> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
  C: "copied",
  T: "changed",
};

/** Reads `git diff-tree --raw --numstat -z`: first a line for each file with what happened to it, then one with its numbers. */
export const parseChanges = (text: string): readonly FileChange[] => {
  const parts = text.split("\0");
  const changes: FileChange[] = [];
  let at = 0;
  while (parts[at]?.startsWith(":")) {
    const [, , before = "", after = "", letter = ""] = (parts[at] ?? "").split(" ");
    const status = STATUSES[letter.charAt(0)] ?? "changed";
    const moves = status === "renamed" || status === "copied";
    const blob = status === "removed" ? before : after;
    const path = parts[at + (moves ? 2 : 1)] ?? "";
    const previous = moves ? { previousPath: parts[at + 1] ?? "" } : {};
    changes.push({ path, ...previous, status, blob, additions: 0, deletions: 0 });
    at += moves ? 3 : 2;
  }
  return changes.map((change) => {
    const [additions = "", deletions = ""] = (parts[at] ?? "").split("\t");
    // With two names, they come as parts of their own.
    at += change.previousPath === undefined ? 1 : 3;
    return { ...change, additions: Number(additions) || 0, deletions: Number(deletions) || 0 };
  });
};

/** The hunks of each file of a patch, in its order; undefined for files without any. Lines of files never begin like a head. */
export const splitPatches = (patch: string): readonly (string | undefined)[] => {
  const files = `\n${patch}`.split("\ndiff --git ").slice(1);
  return files.map((file) => {
    const start = file.indexOf("\n@@");
    return start < 0 ? undefined : file.slice(start + 1).replace(/\n$/, "");
  });
};
