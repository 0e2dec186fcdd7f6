import type { ResourceRecord, StackStatus } from "../../../engines/stack/model.ts";
import type { Journal } from "../../../engines/stack/ports.ts";
import { known as knownValue } from "../../../kernel/errors.ts";
import type { EventRecord, RunningOperation, StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { afterStatus } from "./afterStatus.ts";
import { audienceOf, notify } from "./notify.ts";

const TOKEN_LENGTH = 24;

/**
 * A stack's state as the engine writes it: each write, and the event that tells of it, in one commit.
 *
 * The stack itself holds its templates, so it is read again only when it may have changed: by the engine's own hand, or
 * because somebody has given the operation up.
 */
export const stackJournal = (room: Room, stackId: string, isSecret: boolean, givenUp: AbortSignal): Journal => {
  const { tables } = room;
  let known: { readonly stack: StackRecord; readonly wasGivenUp: boolean } | undefined;
  const stack = (): StackRecord => {
    if (known === undefined || known.wasGivenUp !== givenUp.aborted) {
      known = { stack: stackAt(room, stackId), wasGivenUp: givenUp.aborted };
    }
    return known.stack;
  };
  return {
    operation: () => operationOf(stack()),
    setPhase: (phase) => {
      const current = stackAt(room, stackId);
      tables.stacks.put(stackId, { ...current, operation: { ...operationOf(current), phase } });
      known = undefined;
    },
    resources: () => resourcesOf(room, stackId),
    resource: (logicalId) => tables.resources.get([stackId, logicalId])?.record,
    put: (record) => tables.resources.put([stackId, record.logicalId], { isSecret, record }),
    drop: (logicalId, status) => {
      const stored = tables.resources.get([stackId, logicalId]);
      tables.resources.delete([stackId, logicalId]);
      if (stored === undefined || status === undefined || operationOf(stack()).kind === "UPDATE") return;
      const { record } = stored;
      tables.goneResources.put([stackId, logicalId], {
        ...stored,
        record: { ...record, status, reason: undefined, updatedAt: room.clock.now() },
      });
    },
    announce: (record) => {
      // AWS: what an operation has touched since it was looked at counts as not looked at.
      if (tables.drifts.has([stackId, record.logicalId])) tables.drifts.delete([stackId, record.logicalId]);
      addResourceEvent(room, stack(), record, isSecret);
    },
    status: (status, reason) => {
      setStatus(room, stackId, status, reason);
      known = undefined;
    },
    now: () => room.clock.now(),
    newToken: () => room.ids.mixed(TOKEN_LENGTH),
  };
};

const stackAt = ({ tables }: Pick<Room, "tables">, stackId: string): StackRecord =>
  knownValue(tables.stacks.get(stackId), `the stack ${stackId}`);

const operationOf = ({ operation, stackId }: StackRecord): RunningOperation =>
  knownValue(operation, `an operation on ${stackId}`);

/** What a stack shows: its resources, or those it had when all of them are gone. */
export const shownResources = (
  room: Pick<Room, "tables">,
  { stackId, status }: Pick<StackRecord, "stackId" | "status">,
): readonly ResourceRecord[] =>
  status === "DELETE_COMPLETE" || status === "ROLLBACK_COMPLETE"
    ? [...room.tables.goneResources.range({ prefix: [stackId] })].map(({ value }) => value.record)
    : resourcesOf(room, stackId);

/** The resources of a stack. */
export const resourcesOf = ({ tables }: Pick<Room, "tables">, stackId: string): readonly ResourceRecord[] =>
  [...tables.resources.range({ prefix: [stackId] })].map(({ value }) => value.record);

/** Sets a stack's status, does what follows from it, and tells of it. */
export const setStatus = (room: Room, stackId: string, status: StackStatus, reason?: string): void => {
  const stack = stackAt(room, stackId);
  const changed = afterStatus(room, { ...stack, status, statusReason: reason?.trim() });
  room.tables.stacks.put(stackId, changed);
  addEvent(room, stack, {
    eventId: room.ids.uuid(),
    logicalId: stack.stackName,
    physicalId: stackId,
    type: "AWS::CloudFormation::Stack",
    status,
    reason,
    properties: undefined,
  });
};

/** Tells of a resource. */
export const addResourceEvent = (
  room: Room,
  stack: StackRecord,
  record: Parameters<Journal["announce"]>[0],
  isSecret: boolean,
): void =>
  addEvent(room, stack, {
    eventId: `${record.logicalId}-${record.status}-${new Date(room.clock.now()).toISOString()}`,
    logicalId: record.logicalId,
    physicalId: record.physicalId,
    type: record.type,
    status: record.status,
    reason: record.reason,
    // AWS shows properties; what a NoEcho parameter may be in is not for showing.
    properties: isSecret ? undefined : JSON.stringify(record.properties),
  });

type NewEvent = Omit<
  EventRecord,
  "stackId" | "stackName" | "at" | "clientRequestToken" | "operationId" | "operationType"
>;

const addEvent = (room: Room, stack: StackRecord, event: NewEvent): void => {
  const { events } = room.tables;
  const [last] = events.range({ prefix: [stack.stackId], reverse: true, limit: 1 });
  const number = Array.isArray(last?.key) ? Number(last.key[1]) + 1 : 1;
  const operation = stack.operation ?? stack.lastOperation;
  const record: EventRecord = {
    ...event,
    stackId: stack.stackId,
    stackName: stack.stackName,
    // Clients put events in order, and tell new from old ones, by their times: no two of a stack share one.
    at: Math.max(room.clock.now(), (last?.value.at ?? 0) + 1),
    clientRequestToken: operation?.clientRequestToken,
    operationId: operation?.operationId,
    operationType: operation?.operationType,
  };
  events.put([stack.stackId, number], record);
  const audience = audienceOf(stack);
  room.deps.tasks.spawn(`tell of ${event.logicalId}`, async () => {
    await room.deps.records.committed();
    emit(room, record);
    if (audience !== undefined) await room.running.inTurn(record.stackId, () => notify(room, audience, record));
  });
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/eventbridge-events.html */
const emit = ({ deps, ids }: Room, event: EventRecord): void => {
  const isStack = event.physicalId === event.stackId;
  deps.events.emit({
    id: ids.uuid(),
    time: event.at,
    source: "aws.cloudformation",
    detailType: isStack ? "CloudFormation Stack Status Change" : "CloudFormation Resource Status Change",
    account: deps.account,
    region: deps.region,
    resources: [event.stackId],
    detail: {
      "stack-id": event.stackId,
      ...(isStack
        ? {}
        : {
            "logical-resource-id": event.logicalId,
            "physical-resource-id": event.physicalId ?? "",
            "resource-type": event.type,
          }),
      "status-details": { status: event.status, "status-reason": event.reason ?? "" },
      ...(event.clientRequestToken ? { "client-request-token": event.clientRequestToken } : {}),
    },
  });
};
