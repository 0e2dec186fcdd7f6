import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { UnsafeArchive } from "../../engines/build/zip/limits.ts";
import { unpackZip } from "../../engines/build/zip/unpack.ts";
import type { GitCommit, RepositoryName } from "../../kernel/gitHost.ts";
import { badCode, refNotFound } from "./errors.ts";
import { git, gitText } from "./gitCommand.ts";
import { MAX_ARCHIVE_BYTES, MAX_PUSH_BYTES } from "./limits.ts";
import { keyOf } from "./records.ts";
import type { Room } from "./room.ts";

export const DEFAULT_BRANCH = "main";

/** Where a repository's objects lie. */
export const repositoryPath = ({ deps }: Pick<Room, "deps">, name: RepositoryName): string => {
  const [owner, repository] = keyOf(name);
  return join(deps.directory("git"), owner, `${repository}.git`);
};

/** Makes the bare repository, with a first commit when there is code, or with what fills it. What a crash left half made is begun anew. */
export const makeRepository = async (
  room: Room,
  name: RepositoryName,
  content?: Uint8Array | ((bare: string) => Promise<void>),
): Promise<void> => {
  const path = repositoryPath(room, name);
  const scratch = await mkdtemp(join(room.deps.directory("git"), ".new-"));
  try {
    const bare = join(scratch, "bare.git");
    await git(room, ["init", "--quiet", "--bare", `--initial-branch=${DEFAULT_BRANCH}`, bare], { cwd: scratch });
    for (const [key, value] of CONFIGURATION) await git(room, ["config", key, value], { cwd: bare });
    if (typeof content === "function") await content(bare);
    else if (content) await firstCommit(room, bare, join(scratch, "files"), content);
    await rm(path, { recursive: true, force: true });
    await mkdir(join(path, ".."), { recursive: true });
    await rename(bare, path);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

const CONFIGURATION = [
  ["http.receivepack", "true"],
  ["receive.advertisePushOptions", "true"],
  // AWS's builds fetch a commit by its id.
  ["uploadpack.allowAnySHA1InWant", "true"],
  // Clones in part: `git clone --filter=blob:none`.
  ["uploadpack.allowFilter", "true"],
  ["gc.autoDetach", "false"],
  ["core.logAllRefUpdates", "true"],
  // GitHub: what pull requests ask to merge is fetched by their numbers, and pushed by nobody.
  ["receive.hideRefs", "refs/pull"],
  ["receive.maxInputSize", String(MAX_PUSH_BYTES)],
] as const;

const firstCommit = async (room: Room, bare: string, files: string, code: Uint8Array): Promise<void> => {
  await mkdir(files);
  try {
    await unpackZip(code, files);
  } catch (error) {
    if (error instanceof UnsafeArchive) throw badCode(`The code in S3 cannot be unpacked: ${error.message}`);
    throw error;
  }
  const at = `--git-dir=${bare}`;
  // Everything in the zip is code, whatever its own .gitignore says.
  await git(room, [at, `--work-tree=${files}`, "add", "--all", "--force", "."], { cwd: files });
  const date = `${Math.trunc(room.clock.now() / 1000)} +0000`;
  const who = ["aloft", "aloft@localhost"] as const;
  const env = {
    GIT_AUTHOR_NAME: who[0],
    GIT_AUTHOR_EMAIL: who[1],
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: who[0],
    GIT_COMMITTER_EMAIL: who[1],
    GIT_COMMITTER_DATE: date,
  };
  await git(room, [at, `--work-tree=${files}`, "commit", "--quiet", "--allow-empty", "-m", "Initial commit"], {
    cwd: files,
    env,
  });
};

/** Keeps a removed repository aside: code is not lost by deleting a stack. */
export const setAside = async (room: Room, name: RepositoryName): Promise<void> => {
  const path = repositoryPath(room, name);
  if (!existsSync(path)) return;
  const aside = join(room.deps.directory("git"), ".removed");
  await mkdir(aside, { recursive: true });
  await rename(path, join(aside, `${keyOf(name).join("-")}-${room.clock.now()}-${room.ids.hex(8)}.git`));
};

/** The commit a branch or an id names. Throws when there is none. */
export const commitAt = async (room: Room, name: RepositoryName, ref: string): Promise<GitCommit> => {
  const cwd = repositoryPath(room, name);
  const candidates = /^[0-9a-f]{7,64}$/.test(ref)
    ? [`refs/heads/${ref}`, ref]
    : [`refs/heads/${ref}`, `refs/tags/${ref}`];
  for (const candidate of ref.startsWith("refs/") ? [ref] : candidates) {
    const id = await resolve(room, cwd, `${candidate}^{commit}`);
    if (id) return describe(room, cwd, id);
  }
  throw refNotFound(name, ref);
};

/** Every reference and what it names. */
export const refsOf = async (room: Room, name: RepositoryName): Promise<ReadonlyMap<string, string>> => {
  const args = ["for-each-ref", "--format=%(objectname) %(refname)"];
  const listed = await gitText(room, args, { cwd: repositoryPath(room, name) });
  return new Map(
    listed.split("\n").flatMap((line) => {
      const [id = "", ref = ""] = line.split(" ");
      return ref === "" ? [] : [[ref, id] as const];
    }),
  );
};

/** The commit that an object's id leads to; undefined when it is none's. */
export const peel = (room: Room, name: RepositoryName, id: string): Promise<string | undefined> =>
  resolve(room, repositoryPath(room, name), `${id}^{commit}`);

/** Makes a branch the one that clones check out. */
export const setHead = async (room: Room, name: RepositoryName, ref: string): Promise<void> => {
  await git(room, ["symbolic-ref", "HEAD", ref], { cwd: repositoryPath(room, name) });
};

const resolve = async (room: Room, cwd: string, revision: string): Promise<string | undefined> => {
  try {
    return await gitText(room, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision], { cwd });
  } catch {
    // It exits with 1 for a name that is none.
    return undefined;
  }
};

const describe = async (room: Room, cwd: string, id: string): Promise<GitCommit> => {
  const shown = await gitText(room, ["show", "--no-patch", "--format=%H%x00%an%x00%ae%x00%at%x00%ct%x00%B", id], {
    cwd,
  });
  const [commitId = id, authorName = "", authorEmail = "", authored = "0", committed = "0", message = ""] =
    shown.split("\0");
  const times = { authoredAt: Number(authored) * 1000, committedAt: Number(committed) * 1000 };
  return { commitId, authorName, authorEmail, ...times, message: message.trimEnd() };
};

/** The commits that a push brought, the oldest first: those on the branch's own line. */
export const commitsBetween = async (room: Room, name: RepositoryName, before: string | undefined, after: string) => {
  const range = before === undefined ? [after, "--max-count=1"] : [`${before}..${after}`];
  const args = ["rev-list", "--first-parent", "--reverse", ...range];
  const listed = (await gitText(room, args, { cwd: repositoryPath(room, name) })).split("\n").filter(Boolean);
  // A branch that was set back has no new commits; its head is what counts.
  return listed.length === 0 ? [after] : listed;
};

/** The files that each of the commits changed against its first parent, as pipelines filter by them. */
export const changedFiles = async (
  room: Room,
  name: RepositoryName,
  commits: readonly string[],
): Promise<Readonly<Record<string, readonly string[]>>> => {
  const args = ["show", "--first-parent", "-m", "--no-renames", "--name-only", "-z", "--format=%x01%H", ...commits];
  const shown = (await git(room, args, { cwd: repositoryPath(room, name) })).toString();
  const parts = shown.split("\x01").slice(1);
  return Object.fromEntries(
    parts.map((part) => {
      const [id = "", ...files] = part.split(/[\0\n]+/);
      return [id, files.filter(Boolean)] as const;
    }),
  );
};

/** A commit's files as a zip, without their history. */
export const archiveOf = async (room: Room, name: RepositoryName, commitId: string): Promise<Buffer> =>
  git(room, ["archive", "--format=zip", "-3", commitId], {
    cwd: repositoryPath(room, name),
    maxBytes: MAX_ARCHIVE_BYTES,
  });
