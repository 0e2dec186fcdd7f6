import { walk } from "./graph.ts";
import type { Physical, RemovalPolicy, ResourceRecord } from "./model.ts";
import type { StackWork } from "./ports.ts";
import { physicalOf } from "./records.ts";

/** Whether a resource is left in the world. `isNew` says that the operation at hand made it. */
const isKept = (policy: RemovalPolicy, isNew: boolean): boolean =>
  policy === "Retain" || (policy === "RetainExceptOnCreate" && !isNew);

/** What an operation has only taken over is not its own to take away when it fails. */
const isLeft = ({ journal }: StackWork, { deletionPolicy, isAdopted }: ResourceRecord, isNew: boolean): boolean => {
  if (isNew && isAdopted) return true;
  if (isNew && journal.operation().retainExceptOnCreate && deletionPolicy === "Retain") return false;
  return isKept(deletionPolicy, isNew);
};

/**
 * Takes resources away, each after all that depend on it, and their records with them.
 *
 * Goes on past what fails; answers the names of those that are still there because they failed.
 */
export const removeAll = async (
  work: StackWork,
  records: readonly ResourceRecord[],
  options: { readonly areNew: boolean; readonly passOver: readonly string[] },
): Promise<readonly string[]> => {
  const byName = new Map(records.map((record) => [record.logicalId, record]));
  const { failed } = await walk(
    dependentsOf(records),
    async (name) => {
      const record = byName.get(name);
      return record === undefined || removeOne(work, record, options);
    },
    { stopOnFailure: false, signal: work.stopping },
  );
  if (work.stopping.aborted) throw work.stopping.reason;
  return failed;
};

const removeOne = async (
  work: StackWork,
  record: ResourceRecord,
  { areNew, passOver }: { readonly areNew: boolean; readonly passOver: readonly string[] },
): Promise<boolean> => {
  const { journal } = work;
  const physical = physicalOf(record);
  if (physical !== undefined && (passOver.includes(record.logicalId) || isLeft(work, record, areNew))) {
    if (areNew && record.isAdopted) await work.driver.letGo(record, work.stopping);
    journal.announce({ ...record, status: "DELETE_SKIPPED", reason: undefined });
    journal.drop(record.logicalId, "DELETE_SKIPPED");
    return true;
  }
  const isGone = physical === undefined || (await take(work, record, physical));
  // AWS: a forced deletion passes over what would not go.
  if (!isGone && !journal.operation().force) return false;
  const status = isGone ? "DELETE_COMPLETE" : "DELETE_SKIPPED";
  journal.announce({ ...record, status, reason: undefined });
  journal.drop(record.logicalId, status);
  return true;
};

/** Takes away what an operation left over: the old ones of replacements, or the new ones of failed replacements. */
export const removeLeftovers = async (work: StackWork): Promise<readonly string[]> => {
  const { journal } = work;
  const records = journal.resources().filter(({ leftover }) => leftover !== undefined);
  const { failed } = await walk(
    dependentsOf(records),
    async (name) => {
      const record = journal.resource(name);
      const leftover = record?.leftover;
      if (record === undefined || leftover === undefined) return true;
      const { policy, ...physical } = leftover;
      const taken = isKept(policy, false) || (await take(work, record, physical));
      const status = isKept(policy, false) ? "DELETE_SKIPPED" : "DELETE_COMPLETE";
      if (taken) journal.announce({ ...record, ...physical, status, reason: undefined });
      // AWS: what cannot be cleaned up is left behind, and the stack goes on without it.
      journal.put({ ...record, leftover: undefined });
      return taken;
    },
    { stopOnFailure: false, signal: work.stopping },
  );
  if (work.stopping.aborted) throw work.stopping.reason;
  return failed;
};

const take = async (work: StackWork, record: ResourceRecord, physical: Physical): Promise<boolean> => {
  const { journal, driver } = work;
  const shown = { ...record, ...physical };
  journal.announce({ ...shown, status: "DELETE_IN_PROGRESS", reason: undefined });
  if (record.physicalId === physical.physicalId) {
    journal.put({ ...record, status: "DELETE_IN_PROGRESS", reason: undefined, updatedAt: journal.now() });
  }
  try {
    await driver.delete(record.logicalId, physical, work.stopping);
    return true;
  } catch (error) {
    if (work.stopping.aborted) throw error;
    const reason = driver.reasonOf(error);
    if (record.physicalId === physical.physicalId) {
      journal.put({ ...record, status: "DELETE_FAILED", reason, updatedAt: journal.now() });
    }
    journal.announce({ ...shown, status: "DELETE_FAILED", reason });
    return false;
  }
};

/** For each resource, those that must be gone before it. */
const dependentsOf = (records: readonly ResourceRecord[]): ReadonlyMap<string, readonly string[]> => {
  const after = new Map<string, string[]>(records.map(({ logicalId }) => [logicalId, []]));
  for (const { logicalId, dependsOn } of records) for (const other of dependsOn) after.get(other)?.push(logicalId);
  return after;
};
