import { changedFiles, commitsBetween, peel, refsOf } from "../../engines/git/revisions.ts";
import { setHead } from "./bareRepository.ts";
import type { RefUpdate } from "./door/pushRequest.ts";
import { emit } from "./emit.ts";
import { MAX_COMMITS_PER_PUSH } from "./limits.ts";
import { followBranch } from "./pulls/followBranch.ts";
import type { RepositoryRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { tellPush } from "./webhooks/events.ts";

/** A branch or tag that a push moved, and the commits it brought, the oldest first; none when it was removed. */
export interface PushedRef {
  readonly ref: string;
  readonly commits: readonly string[];
}

const BRANCH = "refs/heads/";
const TAG = "refs/tags/";

/** A push that git has on the disk. */
interface DonePush {
  readonly asked: readonly RefUpdate[];
  /** What git says it changed; where it said nothing, an update counts whose reference is where it should be. */
  readonly taken?: readonly RefUpdate[] | undefined;
  /** Who pushed, by the ARN, where that is known. */
  readonly actor?: string | undefined;
}

/** Tells pipelines what a push changed; gives what it moved. */
export const announcePush = async (
  room: Room,
  repository: RepositoryRecord,
  { asked, taken, actor }: DonePush,
): Promise<readonly PushedRef[]> => {
  const now = await refsOf(room, repository);
  const updates = taken ?? asked.filter(({ ref, after }) => now.get(ref) === after);
  await adoptBranch(room, repository, updates, now);
  const known = room.repositories.get(repository);
  if (known && updates.length > 0) room.repositories.put({ ...known, pushedAt: room.clock.now() });
  const pushed: PushedRef[] = [];
  for (const update of updates) {
    const told = await announce(room, repository, update, actor);
    if (!told) continue;
    pushed.push(told);
    await tellPush(room, repository, update, told.commits);
    await followBranch(room, repository, update);
  }
  await room.deps.records.committed();
  return pushed;
};

const announce = async (
  room: Room,
  repository: RepositoryRecord,
  update: RefUpdate,
  actor: string | undefined,
): Promise<PushedRef | undefined> => {
  const { ref, before, after } = update;
  const tellCloud = (commits: readonly string[], changes?: Readonly<Record<string, readonly string[]>>) =>
    emit(room, repository, "Git Push", {
      ref,
      before: before ?? null,
      commits,
      ...(changes ? { changes } : {}),
      ...(actor === undefined ? {} : { actor }),
    });
  if (!ref.startsWith(BRANCH) && !ref.startsWith(TAG)) return undefined;
  if (after === undefined) {
    tellCloud([]);
    return { ref, commits: [] };
  }
  if (ref.startsWith(TAG)) {
    // A tag may have a message of its own, and may even name no commit at all.
    const commit = await peel(room, repository, after);
    const commits = commit === undefined ? [] : [commit];
    tellCloud(commits);
    return { ref, commits };
  }
  const commits = (await commitsBetween(room, repository, before, after)).slice(-MAX_COMMITS_PER_PUSH);
  tellCloud(commits, await changedFiles(room, repository, commits));
  return { ref, commits };
};

/** GitHub: the first branch that comes to an empty repository is its default. */
const adoptBranch = async (
  room: Room,
  repository: RepositoryRecord,
  updates: readonly RefUpdate[],
  now: ReadonlyMap<string, string>,
): Promise<void> => {
  const current = room.repositories.get(repository) ?? repository;
  if (now.has(`${BRANCH}${current.defaultBranch}`)) return;
  const first = updates.find(({ ref, after }) => after !== undefined && ref.startsWith(BRANCH));
  if (!first || [...now.keys()].some((ref) => ref.startsWith(BRANCH) && ref !== first.ref)) return;
  await setHead(room, repository, first.ref);
  room.repositories.put({ ...current, defaultBranch: first.ref.slice(BRANCH.length) });
};
