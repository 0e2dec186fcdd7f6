import type { RepositoryName } from "../../kernel/gitHost.ts";
import { type GitMeans, git } from "./gitCommand.ts";
import { MAX_BLOB_BYTES } from "./limits.ts";
import { repositoryPath } from "./place.ts";

/** What lies at a path of a tree. */
export interface TreeEntry {
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly id: string;
  /** Of a blob, in bytes. */
  readonly size: number | undefined;
  readonly path: string;
}

/** The entries of a folder; of all below it when `recursive`. The root is the empty path. */
export const listTree = (
  means: GitMeans,
  name: RepositoryName,
  revision: string,
  path = "",
  recursive = false,
): Promise<readonly TreeEntry[]> =>
  list(means, name, [...(recursive ? ["-r", "-t"] : []), revision, "--", ...(path === "" ? [] : [`${path}/`])]);

/** What lies at a path; undefined when nothing does. */
export const entryAt = async (
  means: GitMeans,
  name: RepositoryName,
  revision: string,
  path: string,
): Promise<TreeEntry | undefined> =>
  (await list(means, name, [revision, "--", path])).find((entry) => entry.path === path);

/** What lies at each of the paths; those at which nothing does are left out. */
export const entriesAt = async (
  means: GitMeans,
  name: RepositoryName,
  revision: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeEntry>> => {
  const entries = paths.length === 0 ? [] : await list(means, name, [revision, "--", ...paths]);
  return new Map(entries.map((entry) => [entry.path, entry]));
};

const list = async (means: GitMeans, name: RepositoryName, args: readonly string[]): Promise<readonly TreeEntry[]> => {
  const all = ["ls-tree", "-z", "-l", "--full-tree", ...args];
  return parseTree((await git(means, all, { cwd: repositoryPath(means, name) })).toString());
};

/** Reads `git ls-tree -z -l`. */
export const parseTree = (text: string): readonly TreeEntry[] =>
  text
    .split("\0")
    .filter(Boolean)
    .map((line) => {
      const tab = line.indexOf("\t");
      const [mode = "", type = "", id = "", size = "-"] = line.slice(0, tab).split(/ +/);
      return {
        mode,
        type: type === "tree" || type === "commit" ? type : "blob",
        id,
        size: size === "-" ? undefined : Number(size),
        path: line.slice(tab + 1),
      };
    });

/** A blob's bytes. */
export const readBlob = (means: GitMeans, name: RepositoryName, id: string): Promise<Buffer> =>
  git(means, ["cat-file", "blob", id], { cwd: repositoryPath(means, name), maxBytes: MAX_BLOB_BYTES });

/** What kind of object each id is of; ids of none are left out. */
export const typesOf = async (
  means: GitMeans,
  name: RepositoryName,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const input = ids.map((id) => `${id}\n`).join("");
  const cwd = repositoryPath(means, name);
  const said = await git(means, ["cat-file", "--batch-check=%(objectname) %(objecttype)"], { cwd, input });
  return new Map(
    said
      .toString()
      .split("\n")
      .flatMap((line) => {
        const [id = "", type = ""] = line.split(" ");
        return type === "" || type === "missing" ? [] : [[id, type] as const];
      }),
  );
};
