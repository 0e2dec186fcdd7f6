import { noSuchStack, validationError } from "../errors.ts";
import { findChangeSet, findStack } from "../find.ts";
import { pageOfGrowing } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { validationView } from "../validation/view.ts";
import { eventView, operationEventView } from "../views.ts";

const PAGE_SIZE = 100;

export const describeStackEvents =
  (room: Room): Operation<"DescribeStackEvents"> =>
  async (_ctx, input) => {
    const { stackId } = findStack(room, input.StackName ?? "", noSuchStack);
    const newestFirst = room.tables.events.range({ prefix: [stackId], reverse: true });
    const { items, nextToken } = pageOfGrowing(newestFirst, placeOf, input.NextToken, PAGE_SIZE);
    return { StackEvents: items.map(({ value }) => eventView(value)), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

/** The events of a stack, of one of its operations or of those that carried a change set out. */
export const describeEvents =
  (room: Room): Operation<"DescribeEvents"> =>
  async (_ctx, input) => {
    const stackId = eventsOwner(room, input);
    const failedOnly = input.Filters?.FailedEvents ?? false;
    const wanted = [...room.tables.events.range({ prefix: [stackId], reverse: true })].filter(
      ({ value }) =>
        (input.OperationId === undefined || value.operationId === input.OperationId) &&
        (!failedOnly || value.status.endsWith("_FAILED")),
    );
    const { items, nextToken } = pageOfGrowing(wanted, placeOf, input.NextToken, PAGE_SIZE);
    const against = input.NextToken === undefined ? validationsOf(room, input) : [];
    return {
      OperationEvents: [...against, ...items.map(({ value }) => operationEventView(value))],
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };

/** AWS: an event's id is made of its moment; two of one resource within the same moment have the same. */
const placeOf = ({ key }: { readonly key: unknown }): string => JSON.stringify(key);

/** What was found against a change set stands before what was done for it. */
const validationsOf = (room: Room, { ChangeSetName, StackName, Filters }: EventsInput) => {
  if (ChangeSetName === undefined) return [];
  const changeSet = findChangeSet(room, ChangeSetName, StackName);
  const { validations = [] } = changeSet;
  const shown = Filters?.FailedEvents ? validations.filter(({ status }) => status === "FAILED") : validations;
  return shown.map((found) => validationView(changeSet, found));
};

type EventsInput = Parameters<Operation<"DescribeEvents">>[1];

const eventsOwner = (room: Room, input: EventsInput): string => {
  if (input.ChangeSetName !== undefined) return findChangeSet(room, input.ChangeSetName, input.StackName).stackId;
  if (input.StackName !== undefined) return findStack(room, input.StackName).stackId;
  if (input.OperationId === undefined) {
    throw validationError("At least one of StackName, ChangeSetName and OperationId must be specified");
  }
  for (const { value } of room.tables.events.range()) if (value.operationId === input.OperationId) return value.stackId;
  throw validationError(`Operation ${input.OperationId} does not exist`);
};
