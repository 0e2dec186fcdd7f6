import { apply } from "./apply.ts";
import { liveValues } from "./liveValues.ts";
import type { StackWork } from "./ports.ts";
import { removeAll, removeLeftovers } from "./remove.ts";
import { restoreAll } from "./restore.ts";

/**
 * Takes a stack's operation from the phase it is in to its end.
 *
 * Every step is written down before it is told, and every phase may be entered again, so after a crash the same call
 * goes on. It rejects only when the cloud stops, or by a bug of ours.
 */
export const runOperation = async (work: StackWork): Promise<void> => {
  switch (work.journal.operation().phase) {
    case "APPLY":
      return applyPhase(work);
    case "CLEANUP":
      return cleanupPhase(work);
    case "ROLLBACK":
      return rollbackPhase(work);
    case "ROLLBACK_CLEANUP":
      return rollbackCleanupPhase(work);
    case "REMOVE":
      return removePhase(work);
  }
};

const applyPhase = async (work: StackWork): Promise<void> => {
  const { journal } = work;
  const failure = (await apply(work)) ?? (await conclude(work));
  if (failure !== undefined) return failed(work, failure.reason);
  const { kind } = journal.operation();
  if (kind === "CREATE" || kind === "IMPORT") {
    settle(work);
    journal.status(`${kind}_COMPLETE`);
    return;
  }
  journal.setPhase("CLEANUP");
  journal.status("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
  await cleanupPhase(work);
};

const conclude = async ({ target, journal, driver, stopping }: StackWork) => {
  try {
    await target.conclude(liveValues(journal));
    return undefined;
  } catch (error) {
    if (stopping.aborted) throw error;
    return { reason: driver.reasonOf(error) };
  }
};

const failed = async (work: StackWork, reason: string): Promise<void> => {
  const { journal } = work;
  const { kind, onFailure } = journal.operation();
  if (kind === "IMPORT") {
    journal.setPhase("ROLLBACK");
    journal.status("IMPORT_ROLLBACK_IN_PROGRESS", reason);
    return rollbackPhase(work);
  }
  if (onFailure === "DO_NOTHING") {
    journal.status(kind === "CREATE" ? "CREATE_FAILED" : "UPDATE_FAILED", reason);
    return;
  }
  if (kind === "CREATE" && onFailure === "DELETE") {
    journal.setPhase("REMOVE");
    journal.status("DELETE_IN_PROGRESS", `${reason}Delete requested by user.`);
    return removePhase(work);
  }
  journal.setPhase("ROLLBACK");
  if (kind === "CREATE") journal.status("ROLLBACK_IN_PROGRESS", `${sentence(reason)}Rollback requested by user.`);
  else journal.status("UPDATE_ROLLBACK_IN_PROGRESS", reason);
  return rollbackPhase(work);
};

/** The update is done; what it replaced or dropped goes. */
const cleanupPhase = async (work: StackWork): Promise<void> => {
  const { journal, target } = work;
  await removeLeftovers(work);
  const dropped = journal.resources().filter(({ logicalId }) => !target.demands.has(logicalId));
  await removeAll(work, dropped, { areNew: false, passOver: [] });
  // AWS: what would not go is no longer the stack's.
  for (const { logicalId } of dropped) journal.drop(logicalId);
  settle(work);
  journal.status("UPDATE_COMPLETE");
};

const rollbackPhase = async (work: StackWork): Promise<void> => {
  const { journal } = work;
  if (journal.operation().kind === "CREATE") {
    const stuck = await removeAll(work, journal.resources(), { areNew: true, passOver: journal.operation().passOver });
    if (stuck.length === 0) journal.status("ROLLBACK_COMPLETE");
    else journal.status("ROLLBACK_FAILED", `The following resource(s) failed to delete: [${stuck.join(", ")}]. `);
    return;
  }
  if (journal.operation().kind === "IMPORT") return letGo(work);
  const stuck = await restoreAll(work);
  if (stuck.length > 0) {
    journal.status("UPDATE_ROLLBACK_FAILED", `The following resource(s) failed to update: [${stuck.join(", ")}]. `);
    return;
  }
  journal.setPhase("ROLLBACK_CLEANUP");
  journal.status("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
  await rollbackCleanupPhase(work);
};

/** Nothing in the world has changed: what was taken over is only forgotten. */
const letGo = async ({ journal, driver, stopping }: StackWork): Promise<void> => {
  for (const record of journal.resources()) {
    if (record.before === null) {
      await driver.letGo(record, stopping);
      journal.announce({ ...record, status: "IMPORT_ROLLBACK_IN_PROGRESS", reason: undefined });
      journal.announce({ ...record, status: "IMPORT_ROLLBACK_COMPLETE", reason: undefined });
      journal.drop(record.logicalId);
    } else if (record.before !== undefined) {
      journal.put({ ...record.before, before: undefined, leftover: undefined });
    }
  }
  journal.status("IMPORT_ROLLBACK_COMPLETE");
};

/** The stack is what it was; what the failed update made goes. */
const rollbackCleanupPhase = async (work: StackWork): Promise<void> => {
  const { journal } = work;
  await removeLeftovers(work);
  const made = journal.resources().filter(({ before }) => before === null);
  await removeAll(work, made, { areNew: true, passOver: [] });
  for (const { logicalId } of made) journal.drop(logicalId);
  settle(work);
  journal.status("UPDATE_ROLLBACK_COMPLETE");
};

const removePhase = async (work: StackWork): Promise<void> => {
  const { journal } = work;
  const { kind, passOver } = journal.operation();
  const stuck = await removeAll(work, journal.resources(), { areNew: kind === "CREATE", passOver });
  if (stuck.length === 0) journal.status("DELETE_COMPLETE");
  else journal.status("DELETE_FAILED", `The following resource(s) failed to delete: [${stuck.join(", ")}]. `);
};

/** Forgets how things were before: from here on there is nothing to go back to. */
const settle = ({ journal }: StackWork): void => {
  for (const record of journal.resources()) {
    if (record.before !== undefined || record.leftover !== undefined) {
      journal.put({ ...record, before: undefined, leftover: undefined, isAdopted: false });
    }
  }
};

const sentence = (text: string): string => (text === "" || text.endsWith(" ") ? text : `${text} `);
