import type { RepositoryName } from "../../../kernel/gitHost.ts";
import { repositoryPath } from "../bareRepository.ts";
import { git } from "../gitCommand.ts";
import { MAX_BLOB_BYTES } from "../limits.ts";
import type { Room } from "../room.ts";

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
  room: Room,
  name: RepositoryName,
  revision: string,
  path = "",
  recursive = false,
): Promise<readonly TreeEntry[]> =>
  list(room, name, [...(recursive ? ["-r", "-t"] : []), revision, "--", ...(path === "" ? [] : [`${path}/`])]);

/** What lies at a path; undefined when nothing does. */
export const entryAt = async (
  room: Room,
  name: RepositoryName,
  revision: string,
  path: string,
): Promise<TreeEntry | undefined> =>
  (await list(room, name, [revision, "--", path])).find((entry) => entry.path === path);

const list = async (room: Room, name: RepositoryName, args: readonly string[]): Promise<readonly TreeEntry[]> => {
  const all = ["ls-tree", "-z", "-l", "--full-tree", ...args];
  return parseTree((await git(room, all, { cwd: repositoryPath(room, name) })).toString());
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
export const readBlob = (room: Room, name: RepositoryName, id: string): Promise<Buffer> =>
  git(room, ["cat-file", "blob", id], { cwd: repositoryPath(room, name), maxBytes: MAX_BLOB_BYTES });
