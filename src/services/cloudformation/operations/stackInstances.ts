import type { Context } from "../../../kernel/context.ts";
import { takeParameters } from "../definition/parameters.ts";
import { page } from "../paging.ts";
import type { ParameterRecord } from "../records.ts";
import { stackRequest } from "../requests.ts";
import type { Operation, Room } from "../room.ts";
import { beginOperation, checkFree, placesOf, preferencesOf } from "../stackSets/begin.ts";
import { findInstance, findStackSet, instancesOf } from "../stackSets/find.ts";
import type { InstancePlace, StackInstanceRecord, StackSetRecord } from "../stackSets/records.ts";
import { instanceSummaryView } from "../stackSets/view.ts";
import { parseTemplate } from "../template/parse.ts";
import { parameterView } from "../views.ts";

const PAGE_SIZE = 100;

export const createStackInstances =
  (room: Room): Operation<"CreateStackInstances"> =>
  async (ctx, input) => {
    const stackSet = findStackSet(room, input.StackSetName);
    const places = placesOf(input);
    const preferences = preferencesOf(input.OperationPreferences);
    const overrides = await overridesOf(room, ctx, stackSet, input.ParameterOverrides ?? []);
    return room.deps.records.atomically(() => {
      checkFree(room, stackSet, input.OperationId);
      for (const place of places) {
        const key = [stackSet.stackSetId, place.account, place.region];
        const existing = room.tables.stackInstances.get(key);
        room.tables.stackInstances.put(key, {
          ...(existing ?? newInstance(room, stackSet, place)),
          ...(overrides === undefined ? {} : { overrides }),
          detailedStatus: "PENDING",
        });
      }
      const operationId = input.OperationId;
      return { OperationId: beginOperation(room, stackSet, { action: "CREATE", operationId, preferences, places }) };
    });
  };

export const updateStackInstances =
  (room: Room): Operation<"UpdateStackInstances"> =>
  async (ctx, input) => {
    const stackSet = findStackSet(room, input.StackSetName);
    const places = placesOf(input);
    const preferences = preferencesOf(input.OperationPreferences);
    for (const place of places) findInstance(room, stackSet.stackSetId, place);
    const overrides = await overridesOf(room, ctx, stackSet, input.ParameterOverrides ?? []);
    return room.deps.records.atomically(() => {
      checkFree(room, stackSet, input.OperationId);
      for (const place of places) {
        const instance = findInstance(room, stackSet.stackSetId, place);
        room.tables.stackInstances.put([stackSet.stackSetId, place.account, place.region], {
          ...instance,
          ...(overrides === undefined ? {} : { overrides }),
          detailedStatus: "PENDING",
        });
      }
      const operationId = input.OperationId;
      return { OperationId: beginOperation(room, stackSet, { action: "UPDATE", operationId, preferences, places }) };
    });
  };

export const deleteStackInstances =
  (room: Room): Operation<"DeleteStackInstances"> =>
  async (_ctx, input) => {
    const stackSet = findStackSet(room, input.StackSetName);
    checkFree(room, stackSet, input.OperationId);
    const OperationId = beginOperation(room, stackSet, {
      action: "DELETE",
      operationId: input.OperationId,
      preferences: preferencesOf(input.OperationPreferences),
      retainStacks: input.RetainStacks,
      places: placesOf(input),
    });
    return { OperationId };
  };

export const describeStackInstance =
  (room: Room): Operation<"DescribeStackInstance"> =>
  async (_ctx, input) => {
    const { stackSetId } = findStackSet(room, input.StackSetName);
    const place = { account: input.StackInstanceAccount, region: input.StackInstanceRegion };
    const instance = findInstance(room, stackSetId, place);
    return {
      StackInstance: { ...instanceSummaryView(instance), ParameterOverrides: instance.overrides.map(parameterView) },
    };
  };

export const listStackInstances =
  (room: Room): Operation<"ListStackInstances"> =>
  async (_ctx, input) => {
    const { stackSetId } = findStackSet(room, input.StackSetName);
    const wanted = instancesOf(room, stackSetId).filter(
      (instance) =>
        (input.StackInstanceAccount ?? instance.account) === instance.account &&
        (input.StackInstanceRegion ?? instance.region) === instance.region &&
        (input.Filters ?? []).every(({ Name, Values = "" }) => shows(instance, Name, Values)),
    );
    const { items, nextToken } = page(wanted, input.NextToken, input.MaxResults ?? PAGE_SIZE);
    return { Summaries: items.map(instanceSummaryView), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

const shows = (instance: StackInstanceRecord, name: string | undefined, value: string): boolean => {
  switch (name) {
    case "DETAILED_STATUS":
      return instance.detailedStatus === value;
    case "LAST_OPERATION_ID":
      return instance.lastOperationId === value;
    default:
      return value === "NOT_CHECKED";
  }
};

const newInstance = (room: Room, { stackSetId, name }: StackSetRecord, place: InstancePlace): StackInstanceRecord => ({
  ...place,
  stackSetId,
  stackName: `StackSet-${name}-${room.ids.uuid()}`,
  stackId: undefined,
  overrides: [],
  status: "OUTDATED",
  detailedStatus: "PENDING",
  reason: undefined,
  lastOperationId: undefined,
});

/** Parameters that these instances have otherwise than their set; undefined when the request says nothing of them. */
const overridesOf = async (
  room: Room,
  ctx: Context,
  stackSet: StackSetRecord,
  given: NonNullable<Parameters<Operation<"CreateStackInstances">>[1]["ParameterOverrides"]>,
): Promise<readonly ParameterRecord[] | undefined> => {
  if (given.length === 0) return undefined;
  const { body } = parseTemplate(stackSet.templateBody);
  const { parameters } = stackRequest({ Parameters: given }, { mustAcknowledgeExpansion: true });
  const named = new Set(parameters.map(({ name }) => name));
  const others = stackSet.parameters
    .filter(({ name }) => !named.has(name))
    .map(({ name }) => ({ name, value: undefined, usePreviousValue: true }));
  const taken = await takeParameters(room, ctx, body, [...parameters, ...others], stackSet);
  return taken.filter(({ name }) => named.has(name));
};
