import { walk } from "./graph.ts";
import type { Physical, ResourceRecord, ResourceSnapshot } from "./model.ts";
import type { StackWork } from "./ports.ts";
import { physicalOf } from "./records.ts";

/**
 * Brings every resource that a failed update touched back to what it was; what the update made is left for the cleanup.
 *
 * Answers the names of those that would not go back.
 */
export const restoreAll = async (work: StackWork): Promise<readonly string[]> => {
  const { journal } = work;
  const touched = journal.resources().filter(({ before }) => before !== undefined && before !== null);
  const { passOver } = journal.operation();
  const { failed } = await walk(
    new Map(touched.map(({ logicalId, before }) => [logicalId, before?.dependsOn ?? []])),
    async (name) => {
      const record = journal.resource(name);
      if (!record?.before) return true;
      return restoreOne(work, record, record.before, passOver.includes(name));
    },
    { stopOnFailure: true, signal: work.stopping },
  );
  if (work.stopping.aborted) throw work.stopping.reason;
  return failed;
};

const restoreOne = async (
  work: StackWork,
  record: ResourceRecord,
  before: ResourceSnapshot,
  passedOver: boolean,
): Promise<boolean> => {
  const { journal, driver } = work;
  if (record.operationId !== journal.operation().id && sameProperties(record, before)) {
    journal.put({ ...before, before: undefined, leftover: undefined });
    return true;
  }
  const old = physicalOf(before);
  const current = physicalOf(record);
  const replaced = current !== undefined && old !== undefined && current.physicalId !== old.physicalId;
  const restored: ResourceRecord = {
    ...before,
    status: "UPDATE_COMPLETE",
    reason: undefined,
    updatedAt: journal.now(),
    operationId: record.operationId,
    before: undefined,
    leftover: replaced ? { ...current, policy: "Delete" } : undefined,
  };
  // A replacement that never came to be, or is to be taken away again, leaves the old one as it was.
  const untouched = replaced || current === undefined || old === undefined || passedOver;
  try {
    journal.announce({ ...before, status: "UPDATE_IN_PROGRESS", reason: undefined });
    const state = untouched ? undefined : await goBack(work, record, old, current);
    const done = { ...restored, ...(state ? { physicalId: state.physicalId, attributes: state.attributes } : {}) };
    journal.put(done);
    journal.announce(done);
    return true;
  } catch (error) {
    if (work.stopping.aborted) throw error;
    const failed: ResourceRecord = {
      ...record,
      status: "UPDATE_FAILED",
      reason: driver.reasonOf(error),
      updatedAt: journal.now(),
    };
    journal.put(failed);
    journal.announce(failed);
    return false;
  }
};

/** True when only what the template alone sees has changed: nobody hears of its way back either. */
const sameProperties = (record: ResourceRecord, before: ResourceSnapshot): boolean =>
  record.physicalId === before.physicalId && JSON.stringify(record.properties) === JSON.stringify(before.properties);

const goBack = (work: StackWork, record: ResourceRecord, old: Physical, current: Physical) =>
  work.driver.update({ ...record, properties: old.properties, physicalId: old.physicalId }, current, work.stopping);
