import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { beginOperation, checkFree, placesOf, preferencesOf } from "../stackSets/begin.ts";
import { findInstance, findStackSet, instancesOf, newInstance } from "../stackSets/find.ts";
import { overriding } from "../stackSets/overrides.ts";
import type { StackInstanceRecord } from "../stackSets/records.ts";
import { instanceSummaryView } from "../stackSets/view.ts";
import { parameterView } from "../views.ts";

const PAGE_SIZE = 100;

export const createStackInstances =
  (room: Room): Operation<"CreateStackInstances"> =>
  async (ctx, input) => {
    const stackSet = findStackSet(room, input.StackSetName);
    const places = placesOf(input);
    const preferences = preferencesOf(input.OperationPreferences);
    const overridden = await overriding(room, ctx, stackSet, input.ParameterOverrides);
    return room.deps.records.atomically(() => {
      checkFree(room, stackSet, input.OperationId);
      for (const place of places) {
        const key = [stackSet.stackSetId, place.account, place.region];
        const fresh = { ...newInstance(stackSet, place), stackName: `StackSet-${stackSet.name}-${room.ids.uuid()}` };
        const instance = room.tables.stackInstances.get(key) ?? fresh;
        const overrides = overridden(instance.overrides);
        room.tables.stackInstances.put(key, { ...instance, overrides, detailedStatus: "PENDING" });
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
    const overridden = await overriding(room, ctx, stackSet, input.ParameterOverrides);
    return room.deps.records.atomically(() => {
      checkFree(room, stackSet, input.OperationId);
      for (const place of places) {
        const instance = findInstance(room, stackSet.stackSetId, place);
        room.tables.stackInstances.put([stackSet.stackSetId, place.account, place.region], {
          ...instance,
          overrides: overridden(instance.overrides),
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
      return value === (instance.drift?.status ?? "NOT_CHECKED");
  }
};
