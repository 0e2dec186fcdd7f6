import {
  OperationNotFoundException,
  StackInstanceNotFoundException,
  StackSetNotFoundException,
} from "@aws-sdk/client-cloudformation";
import type { Room } from "../room.ts";
import type { InstancePlace, StackInstanceRecord, StackSetOperationRecord, StackSetRecord } from "./records.ts";

const $metadata = {};

/** The stack set of a name or an id. Throws when there is none. */
export const findStackSet = (room: Pick<Room, "tables">, name: string): StackSetRecord => {
  const found = stackSetOrNone(room, name);
  if (found === undefined) throw new StackSetNotFoundException({ message: `StackSet ${name} not found`, $metadata });
  return found;
};

export const stackSetOrNone = ({ tables }: Pick<Room, "tables">, name: string): StackSetRecord | undefined => {
  const id = name.startsWith("arn:") ? name.split("stackset/").at(-1) : name;
  for (const { value } of tables.stackSets.range()) {
    if (value.stackSetId === id || (value.name === id && value.status === "ACTIVE")) return value;
  }
  return undefined;
};

export const instancesOf = ({ tables }: Pick<Room, "tables">, stackSetId: string): readonly StackInstanceRecord[] =>
  [...tables.stackInstances.range({ prefix: [stackSetId] })].map(({ value }) => value);

/** An instance that nothing has been done for yet. */
export const newInstance = (
  { stackSetId }: StackSetRecord,
  place: InstancePlace,
): Omit<StackInstanceRecord, "stackName"> => ({
  ...place,
  stackSetId,
  stackId: undefined,
  overrides: [],
  status: "OUTDATED",
  detailedStatus: "PENDING",
  reason: undefined,
  lastOperationId: undefined,
});

export const findInstance = (
  { tables }: Pick<Room, "tables">,
  stackSetId: string,
  { account, region }: InstancePlace,
): StackInstanceRecord => {
  const found = tables.stackInstances.get([stackSetId, account, region]);
  if (found !== undefined) return found;
  throw new StackInstanceNotFoundException({
    message: `Stack instance not found for StackSet: ${stackSetId}, account: ${account}, region: ${region}`,
    $metadata,
  });
};

export const operationsOf = (
  { tables }: Pick<Room, "tables">,
  stackSetId: string,
): readonly StackSetOperationRecord[] =>
  [...tables.stackSetOperations.range({ prefix: [stackSetId] })].map(({ value }) => value);

export const findOperation = (
  { tables }: Pick<Room, "tables">,
  { stackSetId, name }: StackSetRecord,
  operationId: string,
): StackSetOperationRecord => {
  const found = tables.stackSetOperations.get([stackSetId, operationId]);
  if (found !== undefined) return found;
  throw new OperationNotFoundException({
    message: `Operation ${operationId} of StackSet ${name} not found`,
    $metadata,
  });
};
