import { peel, pushedCommits, refsOf } from "../../engines/git/revisions.ts";
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
  const updates = taken ?? (await doneOf(room, repository, asked));
  await adoptBranch(room, repository, updates);
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
  const brought = await pushedCommits(room, repository, { before, after }, MAX_COMMITS_PER_PUSH);
  const commits = brought.map(({ id }) => id);
  tellCloud(commits, Object.fromEntries(brought.map(({ id, files }) => [id, files])));
  return { ref, commits };
};

const doneOf = async (room: Room, repository: RepositoryRecord, asked: readonly RefUpdate[]) => {
  const now = await refsOf(room, repository);
  return asked.filter(({ ref, after }) => now.get(ref) === after);
};

/** GitHub: the first branch that comes to an empty repository is its default. */
const adoptBranch = async (room: Room, repository: RepositoryRecord, updates: readonly RefUpdate[]): Promise<void> => {
  const isNew = ({ ref, before, after }: RefUpdate) =>
    before === undefined && after !== undefined && ref.startsWith(BRANCH);
  const first = updates.find(isNew);
  if (!first) return;
  const now = await refsOf(room, repository);
  const current = room.repositories.get(repository) ?? repository;
  if (now.has(`${BRANCH}${current.defaultBranch}`)) return;
  if ([...now.keys()].some((ref) => ref.startsWith(BRANCH) && ref !== first.ref)) return;
  await setHead(room, repository, first.ref);
  room.repositories.put({ ...current, defaultBranch: first.ref.slice(BRANCH.length) });
};
