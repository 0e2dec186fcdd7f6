import { errorMessage, isRefusal } from "../../../kernel/errors.ts";
import type { ChangeSetRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { keepTree } from "./keep.ts";
import { failedChangeSet } from "./make.ts";
import type { ChangeSetTree } from "./nested.ts";

/** How long a caller waits for what is done soon, so that its first look already finds the change set made. */
const PATIENCE_MS = 1000;

/**
 * Works a change set out in the background: transforms may take as long as the functions behind them.
 *
 * AWS: until then it is CREATE_IN_PROGRESS, and what is wrong with it makes it a failed one. Resolves when it is made,
 * or when it takes too long to be waited for.
 */
export const workOut = async (
  room: Room,
  blank: ChangeSetRecord,
  make: () => Promise<ChangeSetTree>,
): Promise<void> => {
  const { stackId, name, changeSetId } = blank;
  room.tables.changeSetsInWork.put([stackId, name], changeSetId);
  const done = new AbortController();
  room.deps.tasks.spawn(`the change set ${name}`, async (stopping) => {
    try {
      const tree = await make();
      // What was interrupted is failed at the next start.
      if (!stopping.aborted) keepMade(room, blank, tree);
    } catch (error) {
      if (stopping.aborted) return;
      keepMade(room, blank, { changeSet: failedChangeSet(blank, errorMessage(error)), nested: [] });
      if (!isRefusal(error)) throw error;
    } finally {
      done.abort();
    }
  });
  // Being woken before its time is how a sleep hears that the work is done.
  await room.clock.sleep(PATIENCE_MS, done.signal).catch(() => {});
};

const keepMade = (room: Room, { stackId, name, changeSetId }: ChangeSetRecord, tree: ChangeSetTree): void =>
  room.deps.records.atomically(() => {
    room.tables.changeSetsInWork.delete([stackId, name]);
    // It may have been deleted meanwhile.
    if (room.tables.changeSets.get([stackId, name])?.changeSetId === changeSetId) keepTree(room, tree);
  });

/** What the end of the process interrupted comes to nothing, and says so. */
export const failInterrupted = (room: Room): void => {
  const { changeSets, changeSetsInWork } = room.tables;
  for (const { key, value } of [...changeSetsInWork.range()]) {
    changeSetsInWork.delete(key);
    const changeSet = changeSets.get(key);
    if (changeSet?.changeSetId !== value) continue;
    changeSets.put(key, failedChangeSet(changeSet, "The creation of the change set was interrupted."));
  }
};
