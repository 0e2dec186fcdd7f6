import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RepositoryName } from "../../kernel/gitHost.ts";
import { type GitMeans, git, gitText } from "./gitCommand.ts";
import { repositoryPath } from "./place.ts";

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

export const writeCommit = (means: GitMeans, repository: RepositoryName, commit: NewCommit): Promise<string> => {
  const { tree, parents, message, author, committer } = commit;
  return gitText(means, ["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent])], {
    cwd: repositoryPath(means, repository),
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

/** What is to lie at a path of a tree; without an id, nothing. */
export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  readonly id: string | undefined;
}

/** The tree that comes of changes to another one, in their order. Throws GitFailed for what names no object, or no path. */
export const treeWith = async (
  means: GitMeans,
  repository: RepositoryName,
  base: string | undefined,
  changes: readonly TreeChange[],
): Promise<string> => {
  const cwd = repositoryPath(means, repository);
  const scratch = await mkdtemp(join(means.deps.directory("git"), ".index-"));
  const options = { cwd, env: { GIT_INDEX_FILE: join(scratch, "index") } };
  const update = (lines: readonly string[]) =>
    git(means, ["update-index", "-z", "--index-info"], {
      ...options,
      input: lines.map((line) => `${line}\0`).join(""),
    });
  try {
    if (base !== undefined) await git(means, ["read-tree", base], options);
    const [folders, files] = [changes.filter(isFolder), changes.filter((change) => !isFolder(change))];
    await update(files.map(({ path, mode, id }) => (id ? `${mode} ${id}\t${path}` : `0 ${"0".repeat(40)}\t${path}`)));
    for (const { path, id = "" } of folders) {
      const before = await git(means, ["ls-files", "-z", "--", `:(literal)${path}`], options);
      const names = before.toString().split("\0").filter(Boolean);
      await update(names.map((name) => `0 ${"0".repeat(40)}\t${name}`));
      await git(means, ["read-tree", "-i", `--prefix=${path}/`, id], options);
    }
    return await gitText(means, ["write-tree"], options);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

const isFolder = ({ mode, id }: TreeChange): boolean => mode === "040000" && id !== undefined;

export const writeBlob = (means: GitMeans, repository: RepositoryName, content: Uint8Array): Promise<string> =>
  gitText(means, ["hash-object", "-w", "--stdin"], { cwd: repositoryPath(means, repository), input: content });
