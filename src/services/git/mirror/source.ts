import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gitText } from "../../../engines/git/gitCommand.ts";
import { notMirrored } from "../errors.ts";
import type { Room } from "../room.ts";

/** A repository of the user's, of which nothing is ever written. */
export interface Source {
  readonly path: string;
  /** The folders in which a new commit on the branch leaves a trace. */
  readonly folders: readonly string[];
  /** The files that say where the branch is. */
  readonly files: readonly string[];
}

/** Finds the repository whose top is at that path. Throws with what is the matter. */
export const locate = async (room: Room, path: string, branch: string): Promise<Source> => {
  if (!existsSync(path)) throw notMirrored(`There is no folder ${path}.`);
  const ask = (...args: readonly string[]) => gitText(room, args, { cwd: path, env: { GIT_OPTIONAL_LOCKS: "0" } });
  const [top = "", common = ""] = (
    await ask("rev-parse", "--show-prefix", "--path-format=absolute", "--git-common-dir")
  ).split("\n");
  if (top !== "") throw notMirrored(`${path} is a folder inside of a repository; only a whole repository is followed.`);
  const ref = join(common, "refs/heads", branch);
  const reftable = join(common, "reftable");
  return {
    path,
    folders: [common, dirname(ref), reftable].filter((folder) => existsSync(folder)),
    files: [ref, join(common, "packed-refs"), join(reftable, "tables.list")],
  };
};

/** Changes whenever the branch may have moved: cheap enough to be asked all the time. */
export const stampOf = async ({ files }: Source): Promise<string> =>
  (await Promise.all(files.map(fileStamp))).join(" ");

const fileStamp = async (file: string): Promise<string> => {
  try {
    const { ino, size, mtimeMs } = await stat(file);
    return `${ino}:${size}:${mtimeMs}`;
  } catch {
    // Which of the files there are depends on git's way of keeping references.
    return "-";
  }
};
