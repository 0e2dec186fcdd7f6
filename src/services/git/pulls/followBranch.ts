import { mergeBase } from "../../../engines/git/commits.ts";
import { keyOf } from "../../../engines/git/place.ts";
import type { RefUpdate } from "../door/pushRequest.ts";
import { dismissStale } from "../protection/approvals.ts";
import type { PullRecord, RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { putPull } from "./tell.ts";

const BRANCH = "refs/heads/";

/** GitHub: open pull requests go with their branches. What came to the base by a push counts as merged. */
export const followBranch = async (room: Room, repository: RepositoryRecord, update: RefUpdate): Promise<void> => {
  if (!update.ref.startsWith(BRANCH)) return;
  const branch = update.ref.slice(BRANCH.length);
  for (const pull of [...room.pulls.values({ prefix: keyOf(repository) })]) {
    if (pull.state !== "open") continue;
    if (pull.head === branch) await headMoved(room, repository, pull, update.after);
    else if (pull.base === branch) await baseMoved(room, repository, pull, update.after);
  }
};

const headMoved = (room: Room, repository: RepositoryRecord, pull: PullRecord, after: string | undefined) => {
  const now = room.clock.now();
  if (after !== undefined) {
    const moved = { ...pull, headSha: after, updatedAt: now };
    dismissStale(room, repository, moved);
    return putPull(room, repository, moved, "synchronize");
  }
  return putPull(room, repository, { ...pull, state: "closed", closedAt: now, updatedAt: now }, "closed");
};

const baseMoved = async (room: Room, repository: RepositoryRecord, pull: PullRecord, after: string | undefined) => {
  const now = room.clock.now();
  const closed = { ...pull, state: "closed", closedAt: now, updatedAt: now } as const;
  if (after === undefined) return putPull(room, repository, closed, "closed");
  if ((await mergeBase(room, repository, after, pull.headSha)) === pull.headSha)
    return putPull(room, repository, { ...closed, mergedAt: now, mergeCommit: after }, "closed");
  room.pulls.put([...keyOf(repository), pull.number], { ...pull, baseSha: after });
};
