import type { Context } from "../../../kernel/context.ts";
import { errorCode, errorMessage, known } from "../../../kernel/errors.ts";
import { plainValues } from "../definition/parameters.ts";
import { validationError } from "../errors.ts";
import type { Room } from "../room.ts";
import { assumed, SERVICE, stackContext, stackPrincipal } from "../run/principal.ts";
import { capabilitiesView, tagView } from "../views.ts";
import type { InstancePlace, StackInstanceRecord, StackSetOperationRecord, StackSetRecord } from "./records.ts";

const POLL_MS = 100;

/** Makes an instance's stack what its stack set says. Throws, and writes down, why it could not. */
export const applyInstance = async (
  room: Room,
  operation: StackSetOperationRecord,
  place: InstancePlace,
  stopping: AbortSignal,
): Promise<void> => {
  const key = [operation.stackSetId, place.account, place.region];
  const instance = (): StackInstanceRecord => known(room.tables.stackInstances.get(key), `the instance ${key}`);
  const change = (fields: Partial<StackInstanceRecord>): void =>
    room.tables.stackInstances.put(key, { ...instance(), lastOperationId: operation.operationId, ...fields });
  change({ detailedStatus: "RUNNING", status: "OUTDATED", reason: undefined, drift: undefined });
  try {
    const stackSet = known(room.tables.stackSets.get(operation.stackSetId), `the stack set ${operation.stackSetId}`);
    const ctx = await contextIn(room, operation, place);
    const stackId = await applied(room, ctx, stackSet, instance(), operation.operationId);
    change({ stackId });
    await settled(room, ctx, stackId, stopping);
    change({ status: "CURRENT", detailedStatus: "SUCCEEDED" });
  } catch (error) {
    stopping.throwIfAborted();
    change({ detailedStatus: operation.isImport ? "FAILED_IMPORT" : "FAILED", reason: errorMessage(error) });
    throw error;
  }
};

/** Takes an instance away, with its stack unless that is to stay. */
export const removeInstance = async (
  room: Room,
  operation: StackSetOperationRecord,
  place: InstancePlace,
  stopping: AbortSignal,
): Promise<void> => {
  const key = [operation.stackSetId, place.account, place.region];
  const instance = room.tables.stackInstances.get(key);
  if (instance === undefined) return;
  if (!operation.retainStacks && instance.stackId !== undefined) {
    const ctx = await contextIn(room, operation, place);
    await removeStack(room, ctx, instance.stackId, stopping);
  }
  room.tables.stackInstances.delete(key);
};

/** Says of an instance that an operation has not come to it. */
export const cancelInstance = (
  { tables }: Pick<Room, "tables">,
  { stackSetId, operationId }: StackSetOperationRecord,
  { account, region }: InstancePlace,
  reason: string,
): void => {
  const key = [stackSetId, account, region];
  const instance = tables.stackInstances.get(key);
  if (instance === undefined) return;
  tables.stackInstances.put(key, { ...instance, detailedStatus: "CANCELLED", reason, lastOperationId: operationId });
};

/** AWS: the set's administration role takes on the execution role of each account. */
export const contextIn = async (
  room: Room,
  { administrationRoleArn, executionRoleName, operationId }: StackSetOperationRecord,
  { account, region }: InstancePlace,
): Promise<Context> => {
  const adminName = administrationRoleArn.split("/").at(-1) ?? "";
  const service = { kind: "service" as const, account: room.account, service: SERVICE };
  const admin = await stackPrincipal(room.deps, administrationRoleArn, service).catch((error: unknown) => {
    if (errorCode(error) === "NotImplemented") throw error;
    throw validationError(
      `Account ${room.account} should have '${adminName}' role with trust relationship to CloudFormation service.`,
    );
  });
  try {
    const executionRoleArn = `arn:${room.partition}:iam::${account}:role/${executionRoleName}`;
    const principal = await assumed(stackContext(room.deps, admin), executionRoleArn, operationId.slice(0, 64));
    return room.deps.contextAs(principal, SERVICE, region);
  } catch (error) {
    if (errorCode(error) === "NotImplemented") throw error;
    throw validationError(
      `Account ${account} should have '${executionRoleName}' role with trust relationship to Role '${adminName}'.`,
    );
  }
};

/** Asks for the stack; answers its id. */
const applied = async (
  room: Room,
  ctx: Context,
  stackSet: StackSetRecord,
  instance: StackInstanceRecord,
  operationId: string,
): Promise<string> => {
  const input = { ...inputOf(room, stackSet, instance), ClientRequestToken: operationId };
  const existing = instance.stackId === undefined ? undefined : await statusOf(ctx, instance.stackId);
  if (existing === undefined || existing === "DELETE_COMPLETE") {
    const { StackId = "" } = await ctx.call("cloudformation", "CreateStack", {
      StackName: instance.stackName,
      ...input,
    });
    return StackId;
  }
  const { stackId = "" } = instance;
  try {
    await ctx.call("cloudformation", "UpdateStack", { StackName: stackId, ...input });
  } catch (error) {
    if (errorMessage(error) !== "No updates are to be performed.") throw error;
  }
  return stackId;
};

const inputOf = (room: Room, stackSet: StackSetRecord, instance: StackInstanceRecord) => {
  const values = new Map(plainValues(room, stackSet.parameters));
  // What the set's template no longer asks for is not overridden either.
  for (const [name, value] of plainValues(room, instance.overrides)) if (values.has(name)) values.set(name, value);
  return {
    TemplateBody: stackSet.templateBody,
    Parameters: [...values].map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Tags: stackSet.tags.map(tagView),
    Capabilities: capabilitiesView(stackSet.capabilities),
  };
};

const settled = async (room: Room, ctx: Context, stackId: string, stopping: AbortSignal): Promise<void> => {
  const look = async () => {
    await room.running.ended(stackId);
    stopping.throwIfAborted();
    const { Stacks = [] } = await ctx.call("cloudformation", "DescribeStacks", { StackName: stackId });
    return Stacks[0];
  };
  let stack = await look();
  // After a crash, the stack's own operation may be taken up later than this one.
  while (stack?.StackStatus?.endsWith("_IN_PROGRESS")) {
    await room.clock.sleep(POLL_MS, stopping);
    stack = await look();
  }
  const { StackStatus = "", StackStatusReason = "" } = stack ?? {};
  if (SETTLED.has(StackStatus)) return;
  // AWS: what never came to be does not stay, so that the next operation can begin anew.
  if (StackStatus === "ROLLBACK_COMPLETE") await removeStack(room, ctx, stackId, stopping);
  throw validationError(
    `ResourceLogicalId: ${stackId}, Status: ${StackStatus}, Reason: ${StackStatusReason || "no reason was given"}`,
  );
};

const SETTLED = new Set(["CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"]);

const removeStack = async (room: Room, ctx: Context, stackId: string, stopping: AbortSignal): Promise<void> => {
  await ctx.call("cloudformation", "DeleteStack", { StackName: stackId });
  await room.running.ended(stackId);
  stopping.throwIfAborted();
  const status = await statusOf(ctx, stackId);
  if (status !== undefined && status !== "DELETE_COMPLETE") {
    throw validationError(`Stack ${stackId} could not be deleted: it is in ${status}`);
  }
};

const statusOf = async (ctx: Context, stackId: string): Promise<string | undefined> => {
  const { Stacks = [] } = await ctx
    .call("cloudformation", "DescribeStacks", { StackName: stackId })
    .catch((error: unknown) => {
      if (errorMessage(error).endsWith("does not exist")) return { Stacks: [] };
      throw error;
    });
  return Stacks[0]?.StackStatus;
};
