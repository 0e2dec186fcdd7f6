import type { ResourceRecord, StackStatus } from "../../../engines/stack/model.ts";
import type { Journal } from "../../../engines/stack/ports.ts";
import { known } from "../../../kernel/errors.ts";
import type { EventRecord, StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { afterStatus } from "./afterStatus.ts";

const TOKEN_LENGTH = 24;

/** A stack's state as the engine writes it: each write, and the event that tells of it, in one commit. */
export const stackJournal = (room: Room, stackId: string, isSecret: boolean): Journal => {
  const { tables } = room;
  const stack = () => known(tables.stacks.get(stackId), `the stack ${stackId}`);
  return {
    operation: () => known(stack().operation, `an operation on ${stackId}`),
    setPhase: (phase) => {
      const current = stack();
      if (current.operation) tables.stacks.put(stackId, { ...current, operation: { ...current.operation, phase } });
    },
    resources: () => resourcesOf(room, stackId),
    resource: (logicalId) => tables.resources.get([stackId, logicalId])?.record,
    put: (record) => tables.resources.put([stackId, record.logicalId], { isSecret, record }),
    drop: (logicalId) => {
      tables.resources.delete([stackId, logicalId]);
    },
    announce: (record) => addResourceEvent(room, stack(), record, isSecret),
    status: (status, reason) => setStatus(room, stackId, status, reason),
    now: () => room.clock.now(),
    newToken: () => room.ids.upper(TOKEN_LENGTH),
  };
};

/** The resources of a stack. */
export const resourcesOf = ({ tables }: Pick<Room, "tables">, stackId: string): readonly ResourceRecord[] =>
  [...tables.resources.range({ prefix: [stackId] })].map(({ value }) => value.record);

/** Sets a stack's status, does what follows from it, and tells of it. */
export const setStatus = (room: Room, stackId: string, status: StackStatus, reason?: string): void => {
  const stack = known(room.tables.stacks.get(stackId), `the stack ${stackId}`);
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

const addResourceEvent = (
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

type NewEvent = Omit<EventRecord, "stackId" | "stackName" | "at" | "clientRequestToken">;

const addEvent = (room: Room, stack: StackRecord, event: NewEvent): void => {
  const { events } = room.tables;
  const [last] = events.range({ prefix: [stack.stackId], reverse: true, limit: 1 });
  const number = Array.isArray(last?.key) ? Number(last.key[1]) + 1 : 1;
  const record: EventRecord = {
    ...event,
    stackId: stack.stackId,
    stackName: stack.stackName,
    at: room.clock.now(),
    clientRequestToken: (stack.operation ?? stack.lastOperation)?.clientRequestToken,
  };
  events.put([stack.stackId, number], record);
  room.deps.tasks.spawn(`tell of ${event.logicalId}`, async () => {
    await room.deps.records.committed();
    emit(room, record);
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
