import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { UnsafeArchive } from "../../engines/build/zip/limits.ts";
import { unpackZip } from "../../engines/build/zip/unpack.ts";
import { git, gitText } from "../../engines/git/gitCommand.ts";
import { badCode } from "./errors.ts";
import type { Room } from "./room.ts";

/** Writes a zip's files into a repository; gives their tree. `files` is a folder that is made for it. */
export const treeOfZip = async (room: Room, bare: string, files: string, code: Uint8Array): Promise<string> => {
  await mkdir(files);
  try {
    await unpackZip(code, files);
  } catch (error) {
    if (error instanceof UnsafeArchive) throw badCode(`The code in S3 cannot be unpacked: ${error.message}`);
    throw error;
  }
  const options = {
    cwd: files,
    env: { GIT_DIR: bare, GIT_WORK_TREE: files, GIT_INDEX_FILE: join(files, "..", "index") },
  };
  // Everything in the zip is code, whatever its own .gitignore says.
  await git(room, ["add", "--all", "--force", "."], options);
  return gitText(room, ["write-tree"], options);
};

/** The commit that a repository begins with; gives its id. */
export const writeFirstCommit = (room: Room, bare: string, tree: string): Promise<string> => {
  const date = `${Math.trunc(room.clock.now() / 1000)} +0000`;
  const env = {
    GIT_AUTHOR_NAME: "aloft",
    GIT_AUTHOR_EMAIL: "aloft@localhost",
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: "aloft",
    GIT_COMMITTER_EMAIL: "aloft@localhost",
    GIT_COMMITTER_DATE: date,
  };
  return gitText(room, ["commit-tree", "-m", "Initial commit", tree], { cwd: bare, env });
};
