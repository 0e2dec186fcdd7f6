import { errorMessage } from "../../../kernel/errors.ts";
import {
  defineResourceType,
  type ResourceContext,
  type ResourceState,
  type ResourceType,
} from "../../../kernel/resource.ts";
import { fetchTemplate } from "../definition/templateText.ts";
import { validationError } from "../errors.ts";
import { stackOrNone } from "../find.ts";
import type { StackRecord } from "../records.ts";
import { isRepeated } from "../requests.ts";
import type { Room } from "../room.ts";
import { capabilitiesView } from "../views.ts";
import { readNestedStack } from "./readOwn.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html */
interface NestedStackProperties {
  readonly TemplateURL: string;
  readonly Parameters?: Readonly<Record<string, string | readonly string[]>>;
  readonly NotificationARNs?: readonly string[];
  readonly TimeoutInMinutes?: number;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const MAX_NAME_LENGTH = 128;

/** A stack within a stack. */
export const nestedStackType = (room: Room): ResourceType =>
  defineResourceType<NestedStackProperties>({
    name: "AWS::CloudFormation::Stack",
    read: readNestedStack(room),
    adopted: (ctx, physicalId) => {
      const stack = stackAt(room, physicalId);
      if (stack !== undefined) room.tables.stacks.put(physicalId, { ...stack, ...parentOf(room, ctx) });
    },
    released: (_ctx, physicalId) => {
      const stack = stackAt(room, physicalId);
      if (stack === undefined) return;
      room.tables.stacks.put(physicalId, { ...stack, parentId: undefined, rootId: undefined });
    },
    create: async (ctx, desired) => {
      const name = reviewedName(room, ctx) ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
      room.tables.parents.put(name, parentOf(room, ctx));
      const { StackId = "" } = await ctx.call("cloudformation", "CreateStack", {
        StackName: name,
        ...templateOf(room, ctx, desired),
        ...(desired.TimeoutInMinutes === undefined ? {} : { TimeoutInMinutes: desired.TimeoutInMinutes }),
        ClientRequestToken: ctx.clientToken,
      });
      ctx.made(StackId);
      return settled(room, ctx, StackId, "created");
    },
    update: async (ctx, { physicalId }, desired) => {
      if (!ctx.isGoingBack) {
        await forward(room, ctx, physicalId, desired);
        return settled(room, ctx, physicalId, "updated");
      }
      await goBack(room, ctx, physicalId);
      return settled(room, ctx, physicalId, "rolled back");
    },
    isStale: async (ctx, { physicalId, properties }) => {
      const kept = stackAt(room, physicalId)?.definition?.templateBody;
      return kept !== undefined && (await fetchTemplate(ctx, properties.TemplateURL)) !== kept;
    },
    delete: async (ctx, { physicalId }) => {
      await ctx.call("cloudformation", "DeleteStack", { StackName: physicalId });
      await room.running.ended(physicalId);
      const stack = stackAt(room, physicalId);
      if (stack === undefined || stack.status === "DELETE_COMPLETE") return;
      if (ctx.signal.aborted) throw ctx.signal.reason;
      throw notDone(stack, "deleted");
    },
  });

const parentOf = (room: Room, { stackId }: ResourceContext) => ({
  parentId: stackId,
  rootId: stackAt(room, stackId)?.rootId ?? stackId,
});

const forward = async (room: Room, ctx: ResourceContext, stackId: string, desired: NestedStackProperties) => {
  try {
    await ctx.call("cloudformation", "UpdateStack", {
      StackName: stackId,
      ...templateOf(room, ctx, desired),
      ClientRequestToken: ctx.clientToken,
    });
  } catch (error) {
    if (errorMessage(error) !== "No updates are to be performed.") throw error;
  }
};

/** AWS: a nested stack goes back to the template it had, whatever lies at its address by now. */
const goBack = async (room: Room, ctx: ResourceContext, stackId: string) => {
  const stack = stackAt(room, stackId);
  if (stack?.status === "UPDATE_ROLLBACK_FAILED") await continueRollback(room, ctx, stackId);
  if (stack?.status !== "UPDATE_COMPLETE" || !isRepeated(stack, ctx.clientToken)) return;
  room.returning.add(stackId);
  try {
    await ctx.call("cloudformation", "UpdateStack", { StackName: stackId, UsePreviousTemplate: true });
  } finally {
    room.returning.delete(stackId);
  }
};

/** AWS: who continues a rollback continues those of nested stacks, and may name what they pass over as `Nested.Resource`. */
const continueRollback = async (room: Room, ctx: ResourceContext, stackId: string) => {
  const operation = stackAt(room, ctx.stackId)?.operation;
  if (operation?.operationType !== "CONTINUE_ROLLBACK") return;
  const prefix = `${ctx.logicalId}.`;
  const skipped = operation.passOver.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  await ctx.call("cloudformation", "ContinueUpdateRollback", { StackName: stackId, ResourcesToSkip: skipped });
};

/** The name under which this stack has waited in review for its parent's change set; the same on every retry. */
const reviewedName = (room: Room, { stackId, logicalId, clientToken }: ResourceContext): string | undefined => {
  const name = room.tables.reviews.get([stackId, logicalId]);
  const stack = name === undefined ? undefined : stackOrNone(room, name);
  const isMine = stack?.status === "REVIEW_IN_PROGRESS" || (stack && isRepeated(stack, clientToken));
  return isMine ? name : undefined;
};

const templateOf = (room: Room, ctx: ResourceContext, desired: NestedStackProperties) => {
  const own = new Map((desired.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  const parent = stackAt(room, ctx.stackId);
  const capabilities = parent?.target?.capabilities ?? parent?.definition?.capabilities ?? [];
  return {
    TemplateURL: desired.TemplateURL,
    Parameters: Object.entries(desired.Parameters ?? {}).map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: typeof value === "string" ? value : [value].flat().join(","),
    })),
    Tags: [...own].map(([Key, Value]) => ({ Key, Value })),
    // AWS: what the parent's caller has acknowledged holds for all that is nested in it.
    Capabilities: capabilitiesView(capabilities),
    ...(desired.NotificationARNs === undefined ? {} : { NotificationARNs: [...desired.NotificationARNs] }),
  };
};

type Verb = "created" | "updated" | "rolled back";

const settled = async (room: Room, ctx: ResourceContext, stackId: string, verb: Verb): Promise<ResourceState> => {
  await room.running.ended(stackId);
  if (ctx.signal.aborted) throw ctx.signal.reason;
  const stack = stackAt(room, stackId);
  if (stack === undefined) throw validationError(`Embedded stack ${stackId} is not there`);
  const isWell = stack.status === "CREATE_COMPLETE" || stack.status === "UPDATE_COMPLETE";
  // What has rolled back by itself has gone back too.
  const isBack = verb === "rolled back" && stack.status === "UPDATE_ROLLBACK_COMPLETE";
  if (!isWell && !isBack) throw notDone(stack, verb);
  return {
    physicalId: stackId,
    attributes: Object.fromEntries(stack.outputs.map(({ key, value }) => [`Outputs.${key}`, value])),
  };
};

const notDone = ({ stackId, status, failure, statusReason }: StackRecord, verb: Verb | "deleted") => {
  const why = failure ?? statusReason ?? "";
  if (verb === "created") return validationError(`Embedded stack ${stackId} was not successfully created: ${why}`);
  return validationError(
    `Embedded stack ${stackId} was not successfully ${verb}. Currently in ${status} with reason: ${why}`,
  );
};

const stackAt = ({ tables }: Room, stackId: string): StackRecord | undefined => tables.stacks.get(stackId);
