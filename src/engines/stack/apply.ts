import type { JsonObject } from "../../kernel/json.ts";
import { walk } from "./graph.ts";
import { liveValues } from "./liveValues.ts";
import type { Demand, Physical, ResourceRecord, ResourceSnapshot } from "./model.ts";
import type { AdoptedThing, StackWork } from "./ports.ts";
import { isDone, physicalOf, snapshotOf } from "./records.ts";

/** How applying a template ended; undefined when every resource is as it shall be. */
export interface ApplyFailure {
  readonly reason: string;
}

/** Makes and changes resources until the stack is what its target says, or one of them fails. */
export const apply = async (work: StackWork): Promise<ApplyFailure | undefined> => {
  const { demands } = work.target;
  const taken = await refusedNames(work);
  if (taken.length > 0) return { reason: failureReason(work, taken) };
  const failure = new AbortController();
  const signal = AbortSignal.any([work.stopping, work.givenUp, failure.signal]);
  const nodes = new Map([...demands].map(([name, { dependsOn }]) => [name, dependsOn]));
  const { failed } = await walk(
    nodes,
    async (name) => {
      const demand = demands.get(name);
      const succeeded = demand === undefined || (await applyOne(work, demand, signal));
      if (!succeeded) failure.abort(new Error("another resource failed"));
      return succeeded;
    },
    { stopOnFailure: true, signal: AbortSignal.any([work.stopping, work.givenUp]) },
  );
  if (work.stopping.aborted) throw work.stopping.reason;
  if (work.givenUp.aborted) return { reason: messageOf(work.givenUp.reason) };
  const kept = failed.length === 0 ? refusedRemovals(work) : [];
  return failed.length + kept.length === 0 ? undefined : { reason: failureReason(work, [...failed, ...kept]) };
};

/** New resources whose names are taken fail before any other is begun. */
const refusedNames = async (work: StackWork): Promise<readonly string[]> => {
  const { journal, target } = work;
  const { id, kind } = journal.operation();
  const records = journal.resources();
  // What this operation has begun may be what would be found; it has looked before that.
  if (kind === "IMPORT" || records.some(({ operationId }) => operationId === id)) return [];
  const known = new Set(records.map(({ logicalId }) => logicalId));
  const isNew = (name: string) => !known.has(name) && target.adopted(name) === undefined;
  const taken = await target.taken([...target.demands.keys()].filter(isNew));
  for (const { logicalId, properties, reason } of taken) {
    const demand = target.demands.get(logicalId);
    if (demand) tell(work, { ...freshRecord(work, demand, properties, undefined), status: "CREATE_FAILED", reason });
  }
  return taken.map(({ logicalId }) => logicalId);
};

/** What the target no longer has but the stack may not take away; told of before anything is cleaned up. */
const refusedRemovals = (work: StackWork): readonly string[] => {
  const { journal, target, driver } = work;
  const dropped = journal.resources().filter(({ logicalId }) => !target.demands.has(logicalId));
  return dropped.flatMap((record) => {
    try {
      target.permit(record.logicalId, record.type, "Delete");
      return [];
    } catch (error) {
      const reason = driver.reasonOf(error);
      const before = rollbackPoint(record);
      tell(work, { ...record, status: "UPDATE_FAILED", reason, updatedAt: journal.now(), before });
      return [record.logicalId];
    }
  });
};

const applyOne = async (work: StackWork, demand: Demand, signal: AbortSignal): Promise<boolean> => {
  const { journal } = work;
  const operationId = journal.operation().id;
  const existing = journal.resource(demand.logicalId);
  if (existing?.operationId === operationId && isDone(existing)) return true;
  try {
    const properties = await work.target.properties(demand.logicalId, liveValues(journal));
    return await step(work, demand, existing, properties, signal);
  } catch (error) {
    if (work.stopping.aborted) throw error;
    fail(work, demand, error, signal);
    return false;
  }
};

const step = async (
  work: StackWork,
  demand: Demand,
  existing: ResourceRecord | undefined,
  properties: JsonObject,
  signal: AbortSignal,
): Promise<boolean> => {
  const { journal, driver } = work;
  const begun = existing?.operationId === journal.operation().id ? existing : undefined;
  const old = basePhysical(begun, existing);
  const record =
    begun === undefined ? freshRecord(work, demand, properties, existing) : { ...begun, ...demand, properties };
  const adopted = old === undefined ? work.target.adopted(demand.logicalId) : undefined;
  if (adopted !== undefined) return adopt(work, record, adopted, signal);
  if (old === undefined) return create(work, record, signal);
  const change = await driver.change(demand.logicalId, old, properties);
  if (change !== "none") {
    work.target.permit(demand.logicalId, demand.type, change === "replace" ? "Replace" : "Modify");
  }
  if (change === "replace") return create(work, record, signal, old);
  if (change === "update") return update(work, { ...record, physicalId: old.physicalId }, old, signal);
  // What only the template sees, such as a policy or metadata, changes without a word.
  if (existing) journal.put({ ...existing, ...demand, before: rollbackPoint(existing) });
  return true;
};

/** What this operation found in the world, also when it has begun to change it. */
const basePhysical = (
  begun: ResourceRecord | undefined,
  existing: ResourceRecord | undefined,
): Physical | undefined => {
  const base = begun === undefined ? existing : begun.before;
  return base ? physicalOf(base) : undefined;
};

/** What a rollback goes back to: past every operation that failed and was left as it was. */
const rollbackPoint = (existing: ResourceRecord | undefined): ResourceSnapshot | null => {
  if (existing === undefined) return null;
  return existing.before === undefined ? snapshotOf(existing) : existing.before;
};

/** The record of a resource on which this operation begins its work. */
const freshRecord = (
  { journal }: StackWork,
  demand: Demand,
  properties: JsonObject,
  existing: ResourceRecord | undefined,
): ResourceRecord => ({
  ...demand,
  status: existing?.physicalId === undefined ? "CREATE_IN_PROGRESS" : "UPDATE_IN_PROGRESS",
  reason: undefined,
  updatedAt: journal.now(),
  physicalId: undefined,
  properties,
  attributes: {},
  token: journal.newToken(),
  operationId: journal.operation().id,
  before: rollbackPoint(existing),
  leftover: existing?.leftover,
});

const create = async (
  work: StackWork,
  record: ResourceRecord,
  signal: AbortSignal,
  old?: Physical,
): Promise<boolean> => {
  const { journal, driver } = work;
  const reason = old && "Requested update requires the creation of a new physical resource; hence creating one.";
  // Until the new one is there, the old one is what the stack shows.
  tell(work, { ...record, physicalId: undefined, reason }, old?.physicalId);
  const leftover = old && { ...old, policy: record.updateReplacePolicy };
  const initiated = (physicalId: string) => {
    if (journal.resource(record.logicalId)?.physicalId === physicalId) return;
    tell(work, { ...record, physicalId, leftover, reason: "Resource creation Initiated" });
  };
  const made = await driver.create(record, initiated, signal);
  initiated(made.physicalId);
  const done: ResourceRecord = { ...record, ...made, leftover, reason: undefined, updatedAt: journal.now() };
  if (signal.aborted && !work.stopping.aborted) {
    journal.put(done);
    throw signal.reason;
  }
  tell(work, { ...done, status: old ? "UPDATE_COMPLETE" : "CREATE_COMPLETE" });
  return true;
};

const adopt = async (
  work: StackWork,
  record: ResourceRecord,
  thing: AdoptedThing,
  signal: AbortSignal,
): Promise<boolean> => {
  const { journal, driver } = work;
  const begun: ResourceRecord = { ...record, status: "IMPORT_IN_PROGRESS", isAdopted: true };
  tell(work, begun);
  const found = await driver.adopt(record, thing, signal);
  tell(work, { ...begun, ...found, status: "IMPORT_COMPLETE", reason: undefined, updatedAt: journal.now() });
  return true;
};

const update = async (
  work: StackWork,
  record: ResourceRecord,
  old: Physical,
  signal: AbortSignal,
): Promise<boolean> => {
  const { journal, driver } = work;
  tell(work, { ...record, attributes: old.attributes });
  const changed = await driver.update(record, old, signal);
  if (signal.aborted && !work.stopping.aborted) throw signal.reason;
  // A type may find that it must answer a change with another resource; the old one is then left over.
  const isNew = changed.physicalId !== old.physicalId;
  tell(work, {
    ...record,
    physicalId: changed.physicalId,
    attributes: changed.attributes,
    leftover: isNew ? { ...old, policy: record.updateReplacePolicy } : undefined,
    status: "UPDATE_COMPLETE",
    reason: undefined,
    updatedAt: journal.now(),
  });
  return true;
};

const fail = (work: StackWork, demand: Demand, error: unknown, signal: AbortSignal): void => {
  const { journal, driver } = work;
  const current = journal.resource(demand.logicalId);
  const begun = current?.operationId === journal.operation().id ? current : undefined;
  const record = begun ?? {
    ...freshRecord(work, demand, current?.properties ?? {}, current),
    physicalId: current?.physicalId,
  };
  const verb = VERBS.find((each) => record.status.startsWith(each)) ?? "CREATE";
  const cancelled = signal.aborted && error === signal.reason;
  tell(
    work,
    {
      ...record,
      attributes: begun ? record.attributes : (current?.attributes ?? {}),
      status: `${verb}_FAILED`,
      reason: cancelled ? `Resource ${verb === "UPDATE" ? "update" : "creation"} cancelled` : driver.reasonOf(error),
      updatedAt: journal.now(),
    },
    record.physicalId ?? record.before?.physicalId,
  );
};

const VERBS = ["UPDATE", "IMPORT"] as const;

const tell = ({ journal }: StackWork, record: ResourceRecord, physicalId = record.physicalId): void => {
  journal.put(record);
  journal.announce({ ...record, physicalId });
};

const failureReason = ({ journal }: StackWork, failed: readonly string[]): string => {
  const status = (name: string) => journal.resource(name)?.status;
  const created = failed.filter((name) => status(name) === "CREATE_FAILED");
  const imported = failed.filter((name) => status(name) === "IMPORT_FAILED");
  const updated = failed.filter((name) => status(name) === "UPDATE_FAILED");
  const sentences = [
    ...(created.length > 0 ? [`The following resource(s) failed to create: [${created.join(", ")}]. `] : []),
    ...(imported.length > 0 ? [`The following resource(s) failed to import: [${imported.join(", ")}]. `] : []),
    ...(updated.length > 0 ? [`The following resource(s) failed to update: [${updated.join(", ")}]. `] : []),
  ];
  return sentences.join("");
};

const messageOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));
