import { gitText } from "../../../engines/git/gitCommand.ts";
import { keyOf, repositoryPath } from "../../../engines/git/place.ts";
import { refsOf } from "../../../engines/git/revisions.ts";
import type { RepositoryName } from "../../../kernel/gitHost.ts";
import { DEFAULT_BRANCH } from "../bareRepository.ts";
import { notMirrored } from "../errors.ts";
import { OWNER, REPOSITORY } from "../limits.ts";
import type { MirrorRecord, RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { follow, stopFollowing } from "./follow.ts";
import { isAncestor } from "./isAncestor.ts";
import { locate } from "./source.ts";

/** What is to be followed, and by which repository here. */
export interface MirrorRequest extends RepositoryName {
  readonly path: string;
  readonly branch: string;
  /** Commits that are here and not there may go. */
  readonly force: boolean;
}

/** Begins to follow a repository of this machine. Throws with what is in the way. */
export const startMirror = async (room: Room, request: MirrorRequest): Promise<MirrorRecord> => {
  const { owner, name, path, branch, force } = request;
  if (!OWNER.test(owner) || !REPOSITORY.test(name)) throw notMirrored(`${owner}/${name} is no name of a repository.`);
  await locate(room, path, branch);
  const head = await headOf(room, path, branch);
  const repository = room.repositories.get({ owner, name });
  const into = repository?.defaultBranch ?? DEFAULT_BRANCH;
  if (repository && !force) await checkContained(room, repository, request, into, head);
  const mirror: MirrorRecord = {
    ...{ owner, name, path, branch, into },
    state: repository ? "following" : "waiting",
    changedAt: room.clock.now(),
  };
  room.mirrors.put(keyOf(mirror), mirror);
  await room.deps.records.committed();
  follow(room, mirror);
  return mirror;
};

const headOf = async (room: Room, path: string, branch: string): Promise<string> => {
  try {
    return await gitText(room, ["rev-parse", "--verify", "--quiet", `refs/heads/${branch}^{commit}`], { cwd: path });
  } catch {
    throw notMirrored(`${path} has no branch ${branch}, or no commit on it.`);
  }
};

/** Nothing that was pushed here is to be lost by following what does not have it. */
const checkContained = async (
  room: Room,
  repository: RepositoryRecord,
  { path, branch }: MirrorRequest,
  into: string,
  head: string,
): Promise<void> => {
  const here = (await refsOf(room, repository)).get(`refs/heads/${into}`);
  if (here === undefined || here === head || here === repository.madeFrom) return;
  if (await isAncestor(room, path, here, head)) return;
  const remote = `${room.deps.endpoint()}/git/${repository.owner}/${repository.name}.git`;
  throw notMirrored(
    `${repository.owner}/${repository.name} has commits that the branch ${branch} of ${path} has not (${repositoryPath(room, repository)}). Pull them from ${remote}, or set them aside with --force.`,
  );
};

/** Ends a mirror; the repository stays, and takes pushes again. False when there was none. */
export const stopMirror = (room: Room, name: RepositoryName): boolean => {
  stopFollowing(room, name);
  return room.mirrors.delete(keyOf(name));
};
