import { liveValues } from "../../../engines/stack/liveValues.ts";
import type { ResourceRecord } from "../../../engines/stack/model.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { certain, compile } from "../definition/compile.ts";
import { compileAround } from "../definition/prepare.ts";
import { validationError } from "../errors.ts";
import { findStack } from "../find.ts";
import { page } from "../paging.ts";
import type { StackRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { resourcesOf, shownResources } from "../run/journal.ts";
import { surroundingsOf } from "../surroundings.ts";
import { TemplateError } from "../template/errors.ts";
import { resourceView, shownId } from "../views.ts";

const PAGE_SIZE = 100;

export const describeStackResources =
  (room: Room): Operation<"DescribeStackResources"> =>
  async (_ctx, input) => {
    const stack = stackOf(room, input.StackName, input.PhysicalResourceId);
    const records = shownResources(room, stack);
    const { LogicalResourceId: wanted } = input;
    const shown = wanted === undefined ? records : records.filter(({ logicalId }) => logicalId === wanted);
    if (wanted !== undefined && shown.length === 0) throw noSuchResource(wanted, input.StackName ?? stack.stackName);
    return {
      StackResources: shown
        .slice(0, PAGE_SIZE)
        .map((record) => ({ ...viewOf(room, stack, record), Timestamp: new Date(record.updatedAt) })),
    };
  };

export const describeStackResource =
  (room: Room): Operation<"DescribeStackResource"> =>
  async (_ctx, input) => {
    const stack = findStack(room, input.StackName, (name) => validationError(`Stack '${name}' does not exist`));
    const record = shownResources(room, stack).find(({ logicalId }) => logicalId === input.LogicalResourceId);
    if (record === undefined) throw noSuchResource(input.LogicalResourceId, input.StackName);
    return {
      StackResourceDetail: {
        ...viewOf(room, stack, record),
        LastUpdatedTimestamp: new Date(record.updatedAt),
        Metadata: JSON.stringify(await evaluatedMetadata(room, stack, record)),
      },
    };
  };

/** AWS: functions in metadata have been evaluated, NoEcho parameters too; what cannot be is shown as it stands. */
const evaluatedMetadata = async (room: Room, stack: StackRecord, record: ResourceRecord): Promise<JsonObject> => {
  const { metadata } = record;
  if (metadata === undefined || stack.definition === undefined) return metadata ?? {};
  const compiled = await compile(stack.definition, compileAround(room, surroundingsOf(room, stack, stack.definition)));
  const find = (logicalId: string) => room.tables.resources.get([stack.stackId, logicalId])?.record;
  try {
    return compiled.resolver(certain(liveValues({ resource: find }))).object(metadata);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return metadata;
  }
};

export const listStackResources =
  (room: Room): Operation<"ListStackResources"> =>
  async (_ctx, input) => {
    const stack = findStack(room, input.StackName);
    const { items, nextToken } = page(shownResources(room, stack), input.NextToken, PAGE_SIZE);
    const summaries = items.map((record) => {
      const { StackId: _id, StackName: _name, ...view } = viewOf(room, stack, record);
      return { ...view, LastUpdatedTimestamp: new Date(record.updatedAt) };
    });
    return { StackResourceSummaries: summaries, ...(nextToken ? { NextToken: nextToken } : {}) };
  };

/** A resource with what is known of its drift: nothing before the stack was looked at. */
const viewOf = ({ tables }: Room, stack: StackRecord, record: ResourceRecord) =>
  resourceView(stack, record, tables.drifts.get([stack.stackId, record.logicalId]));

const noSuchResource = (logicalId: string, stackName: string) =>
  validationError(`Resource ${logicalId} does not exist for stack ${stackName}`);

const stackOf = (room: Room, name: string | undefined, physicalId: string | undefined): StackRecord => {
  if (name !== undefined) return findStack(room, name);
  if (physicalId === undefined) throw validationError("Either StackName or PhysicalResourceId must be specified");
  const owner = [...room.tables.stacks.range()].find(
    ({ value }) =>
      value.status !== "DELETE_COMPLETE" && resourcesOf(room, value.stackId).some((record) => has(record, physicalId)),
  );
  if (owner === undefined) throw validationError(`Stack for ${physicalId} does not exist`);
  return owner.value;
};

const has = (record: ResourceRecord, physicalId: string): boolean => shownId(record) === physicalId;
