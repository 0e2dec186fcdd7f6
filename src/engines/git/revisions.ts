import type { GitCommit, RepositoryName } from "../../kernel/gitHost.ts";
import { refNotFound } from "./errors.ts";
import { type GitMeans, git, gitText } from "./gitCommand.ts";
import { MAX_ARCHIVE_BYTES } from "./limits.ts";
import { repositoryPath } from "./place.ts";

/** The commit a branch or an id names. Throws when there is none. */
export const commitAt = async (means: GitMeans, name: RepositoryName, ref: string): Promise<GitCommit> => {
  const cwd = repositoryPath(means, name);
  const candidates = /^[0-9a-f]{7,64}$/.test(ref)
    ? [`refs/heads/${ref}`, ref]
    : [`refs/heads/${ref}`, `refs/tags/${ref}`];
  for (const candidate of ref.startsWith("refs/") ? [ref] : candidates) {
    const id = await resolve(means, cwd, `${candidate}^{commit}`);
    if (id) return describe(means, cwd, id);
  }
  throw refNotFound(name, ref);
};

/** Every reference and what it names. */
export const refsOf = async (means: GitMeans, name: RepositoryName): Promise<ReadonlyMap<string, string>> => {
  const args = ["for-each-ref", "--format=%(objectname) %(refname)"];
  const listed = await gitText(means, args, { cwd: repositoryPath(means, name) });
  return new Map(
    listed.split("\n").flatMap((line) => {
      const [id = "", ref = ""] = line.split(" ");
      return ref === "" ? [] : [[ref, id] as const];
    }),
  );
};

/** The commit that an object's id leads to; undefined when it is none's. */
export const peel = (means: GitMeans, name: RepositoryName, id: string): Promise<string | undefined> =>
  revisionAt(means, name, `${id}^{commit}`);

/** The object that a revision in git's own syntax names; undefined when it names none. */
export const revisionAt = (means: GitMeans, name: RepositoryName, revision: string): Promise<string | undefined> =>
  resolve(means, repositoryPath(means, name), revision);

const resolve = async (means: GitMeans, cwd: string, revision: string): Promise<string | undefined> => {
  try {
    return await gitText(means, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision], { cwd });
  } catch {
    // It exits with 1 for a name that is none.
    return undefined;
  }
};

const describe = async (means: GitMeans, cwd: string, id: string): Promise<GitCommit> => {
  const shown = await gitText(means, ["show", "--no-patch", "--format=%H%x00%an%x00%ae%x00%at%x00%ct%x00%B", id], {
    cwd,
  });
  const [commitId = id, authorName = "", authorEmail = "", authored = "0", committed = "0", message = ""] =
    shown.split("\0");
  const times = { authoredAt: Number(authored) * 1000, committedAt: Number(committed) * 1000 };
  return { commitId, authorName, authorEmail, ...times, message: message.trimEnd() };
};

/** A commit that a push brought, and the files that it changed against its first parent, as pipelines filter by them. */
export interface PushedCommit {
  readonly id: string;
  readonly files: readonly string[];
}

/** The commits that a push brought, the oldest first: the newest `limit` of those on the branch's own line. */
export const pushedCommits = async (
  means: GitMeans,
  name: RepositoryName,
  { before, after }: { readonly before: string | undefined; readonly after: string },
  limit: number,
): Promise<readonly PushedCommit[]> => {
  const listed =
    before === undefined ? [] : await changesOf(means, name, [`--max-count=${limit}`, `${before}..${after}`]);
  // A branch that is new or was set back has no new commits; its head is what counts.
  return listed.length > 0 ? listed : changesOf(means, name, ["--max-count=1", after]);
};

const changesOf = async (means: GitMeans, name: RepositoryName, range: readonly string[]) => {
  const form = ["--first-parent", "--reverse", "-m", "--no-renames", "--name-only", "-z", "--format=%x01%H"];
  const shown = (await git(means, ["log", ...form, ...range, "--"], { cwd: repositoryPath(means, name) })).toString();
  return shown
    .split("\x01")
    .slice(1)
    .map((part): PushedCommit => {
      const [id = "", ...files] = part.split(/[\0\n]+/);
      return { id, files: files.filter(Boolean) };
    });
};

/** A commit's files as a zip, without their history. */
export const archiveOf = async (means: GitMeans, name: RepositoryName, commitId: string): Promise<Buffer> =>
  git(means, ["archive", "--format=zip", "-3", commitId], {
    cwd: repositoryPath(means, name),
    maxBytes: MAX_ARCHIVE_BYTES,
  });
