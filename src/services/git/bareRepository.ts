import { existsSync } from "node:fs";
import { appendFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { git } from "../../engines/git/gitCommand.ts";
import { keyOf, repositoryPath } from "../../engines/git/place.ts";
import type { RepositoryName } from "../../kernel/gitHost.ts";
import { treeOfZip, writeFirstCommit } from "./firstCommit.ts";
import { MAX_PUSH_BYTES } from "./limits.ts";
import type { Room } from "./room.ts";

export const DEFAULT_BRANCH = "main";

/**
 * Makes the bare repository, with a first commit when there is code, whose id it gives, or with what fills it. What a crash
 * left half made is begun anew.
 */
export const makeRepository = async (
  room: Room,
  name: RepositoryName,
  content?: Uint8Array | ((bare: string) => Promise<void>),
): Promise<string | undefined> => {
  const path = repositoryPath(room, name);
  const scratch = await mkdtemp(join(room.deps.directory("git"), ".new-"));
  try {
    const bare = join(scratch, "bare.git");
    await git(room, ["init", "--quiet", "--bare", `--initial-branch=${DEFAULT_BRANCH}`, bare], { cwd: scratch });
    await appendFile(join(bare, "config"), CONFIGURATION);
    let first: string | undefined;
    if (typeof content === "function") await content(bare);
    else if (content) first = await firstCommit(room, bare, join(scratch, "files"), content);
    await rm(path, { recursive: true, force: true });
    await mkdir(join(path, ".."), { recursive: true });
    await rename(bare, path);
    return first;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

/** What the repository's own settings begin with, as git writes them. */
const CONFIGURATION = `[http]
	receivepack = true
[receive]
	advertisePushOptions = true
	# GitHub: what pull requests ask to merge is fetched by their numbers, and pushed by nobody.
	hideRefs = refs/pull
	maxInputSize = ${MAX_PUSH_BYTES}
[uploadpack]
	# AWS's builds fetch a commit by its id.
	allowAnySHA1InWant = true
	# Clones in part: \`git clone --filter=blob:none\`.
	allowFilter = true
[gc]
	autoDetach = false
[core]
	logAllRefUpdates = true
`;

const firstCommit = async (room: Room, bare: string, files: string, code: Uint8Array): Promise<string> => {
  const tree = await treeOfZip(room, bare, files, code);
  const first = await writeFirstCommit(room, bare, tree);
  await git(room, ["update-ref", `refs/heads/${DEFAULT_BRANCH}`, first], { cwd: bare });
  return first;
};

/** Keeps a removed repository aside: code is not lost by deleting a stack. */
export const setAside = async (room: Room, name: RepositoryName): Promise<void> => {
  const path = repositoryPath(room, name);
  if (!existsSync(path)) return;
  const aside = join(room.deps.directory("git"), ".removed");
  await mkdir(aside, { recursive: true });
  await rename(path, join(aside, `${keyOf(name).join("-")}-${room.clock.now()}-${room.ids.hex(8)}.git`));
};

/** Makes a branch the one that clones check out. */
export const setHead = async (room: Room, name: RepositoryName, ref: string): Promise<void> => {
  await git(room, ["symbolic-ref", "HEAD", ref], { cwd: repositoryPath(room, name) });
};
