import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { repositoryPath } from "../bareRepository.ts";
import { git, gitText } from "../gitCommand.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** Who writes a commit, as git's environment names it; the date is git's: `1700000000 +0000`. */
export interface Writer {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** A commit to be made. */
export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Writer;
  readonly committer: Writer;
}

export const writeCommit = (room: Room, repository: RepositoryRecord, commit: NewCommit): Promise<string> => {
  const { tree, parents, message, author, committer } = commit;
  return gitText(room, ["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent])], {
    cwd: repositoryPath(room, repository),
    input: message,
    env: {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: author.date,
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_COMMITTER_DATE: committer.date,
    },
  });
};

/** The tree that comes of putting a blob at a path, or of removing what lies there. */
export const treeWith = async (
  room: Room,
  repository: RepositoryRecord,
  base: string | undefined,
  path: string,
  blob: { readonly id: string; readonly mode: string } | undefined,
): Promise<string> => {
  const cwd = repositoryPath(room, repository);
  const scratch = await mkdtemp(join(room.deps.directory("git"), ".index-"));
  const options = { cwd, env: { GIT_INDEX_FILE: join(scratch, "index") } };
  try {
    if (base !== undefined) await git(room, ["read-tree", base], options);
    const change = blob ? `${blob.mode} ${blob.id}\t${path}` : `0 ${"0".repeat(40)}\t${path}`;
    await git(room, ["update-index", "-z", "--index-info"], { ...options, input: `${change}\0` });
    return await gitText(room, ["write-tree"], options);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

export const writeBlob = (room: Room, repository: RepositoryRecord, content: Uint8Array): Promise<string> =>
  gitText(room, ["hash-object", "-w", "--stdin"], { cwd: repositoryPath(room, repository), input: content });
