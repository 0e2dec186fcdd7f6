import { AwsError } from "../../../kernel/errors.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext, type ResourceState } from "../../../kernel/resource.ts";
import { parsed, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
interface QueueProperties extends JsonObject {
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

export const queueType = defineResourceType<QueueProperties>({
  name: "AWS::SQS::Queue",
  create: async (ctx, desired) => {
    if (desired["QueueName"] !== undefined) await refuseExisting(ctx, String(desired["QueueName"]));
    const { QueueUrl = "" } = await ctx.call("sqs", "CreateQueue", {
      QueueName: nameOf(ctx, desired),
      Attributes: attributesFrom(desired),
      tags: tagsOf(ctx, desired),
    });
    return stateOf(ctx, QueueUrl);
  },
  update: async (ctx, { physicalId, properties }, desired) => {
    const { FifoQueue: _fifo, ...wanted } = attributesFrom(desired);
    const dropped = Object.keys(attributesFrom(properties)).filter((name) => !KEPT.has(name) && !(name in wanted));
    const reset = Object.fromEntries(dropped.map((name) => [name, DEFAULTS[name] ?? ""]));
    const Attributes = { ...reset, ...wanted };
    if (Object.keys(Attributes).length > 0) {
      await ctx.call("sqs", "SetQueueAttributes", { QueueUrl: physicalId, Attributes });
    }
    const tags = tagsOf(ctx, desired);
    const gone = (properties.Tags ?? []).map(({ Key }) => Key).filter((key) => !(key in tags));
    if (gone.length > 0) await ctx.call("sqs", "UntagQueue", { QueueUrl: physicalId, TagKeys: gone });
    if (Object.keys(tags).length > 0) await ctx.call("sqs", "TagQueue", { QueueUrl: physicalId, Tags: tags });
    return stateOf(ctx, physicalId);
  },
  delete: async (ctx, { physicalId }) => {
    try {
      await ctx.call("sqs", "DeleteQueue", { QueueUrl: physicalId });
    } catch (error) {
      if (!(error instanceof Error && error.name === "QueueDoesNotExist")) throw error;
    }
  },
  read: async (ctx, QueueUrl) => {
    const asked = ctx.call("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] });
    const found = await unlessMissing(asked, ...GONE);
    if (!found) return undefined;
    const { Tags } = await ctx.call("sqs", "ListQueueTags", { QueueUrl });
    const state = stateOf(ctx, QueueUrl);
    const all: Readonly<Record<string, string>> = found.Attributes ?? {};
    const settings = Object.fromEntries(NAMED.map((name) => [name, settingOf(name, all[name])]));
    const properties = plain({ ...settings, QueueName: state.attributes["QueueName"], Tags: tagList(Tags) });
    return { ...state, properties, unread: [] };
  },
});

/** AWS: the service gives a queue that is already there to whoever asks for one like it; a stack does not take it over. */
const refuseExisting = async ({ call }: ResourceContext, QueueName: string): Promise<void> => {
  const asked = call("sqs", "GetQueueUrl", { QueueName });
  if ((await unlessMissing(asked, ...GONE, "AccessDenied", "AccessDeniedException"))?.QueueUrl === undefined) return;
  throw new AwsError(
    "AlreadyExists",
    `Resource of type 'AWS::SQS::Queue' with identifier '${QueueName}' already exists.`,
  );
};

const GONE = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"];

const MAX_NAME_LENGTH = 80;

const nameOf = (ctx: ResourceContext, { QueueName, FifoQueue }: QueueProperties): string => {
  if (typeof QueueName === "string") return QueueName;
  // AWS: a generated name of a FIFO queue ends as all of them do.
  const suffix = FifoQueue === true ? ".fifo" : "";
  return ctx.physicalName({ maxLength: MAX_NAME_LENGTH - suffix.length }) + suffix;
};

const NAMED = [
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "DelaySeconds",
  "FifoQueue",
  "FifoThroughputLimit",
  "KmsDataKeyReusePeriodSeconds",
  "KmsMasterKeyId",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
  "RedriveAllowPolicy",
  "RedrivePolicy",
  "SqsManagedSseEnabled",
  "VisibilityTimeout",
] as const;

/** AWS: these stay as they are when a template no longer sets them. */
const KEPT: ReadonlySet<string> = new Set([
  "DeduplicationScope",
  "FifoQueue",
  "FifoThroughputLimit",
  "SqsManagedSseEnabled",
]);

/** What an attribute is again when a template no longer sets it. */
const DEFAULTS: Readonly<Record<string, string>> = {
  ContentBasedDeduplication: "false",
  DelaySeconds: "0",
  KmsDataKeyReusePeriodSeconds: "300",
  // AWS: what CloudFormation took for the default when it was that; queues made without it may hold more.
  MaximumMessageSize: "262144",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  VisibilityTimeout: "30",
};

const attributesFrom = (properties: QueueProperties): Record<string, string> =>
  Object.fromEntries(
    NAMED.flatMap((name) => {
      const value = properties[name];
      // AWS: a queue is FIFO or does not say so.
      return value === undefined || (name === "FifoQueue" && value === false) ? [] : [[name, textOf(value)]];
    }),
  );

/** Attributes are text; a template's numbers, flags and documents are not. */
const settingOf = (name: string, text: string | undefined): JsonValue | undefined =>
  name.startsWith("KmsMaster") || !/^(\d+|true|false|\{.*\})$/s.test(text ?? "") ? text : parsed(text);

const textOf = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value));

const tagsOf = (ctx: ResourceContext, { Tags = [] }: QueueProperties): Record<string, string> => ({
  ...ctx.tags,
  ...Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
});

const stateOf = (ctx: ResourceContext, url: string): ResourceState => {
  const name = url.split("/").at(-1) ?? "";
  const Arn = `arn:${ctx.partition}:sqs:${ctx.region}:${ctx.account}:${name}`;
  return { physicalId: url, attributes: { Arn, QueueName: name, QueueUrl: url } };
};
