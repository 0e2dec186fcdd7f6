import { AwsError, errorMessage } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext, type ResourceState } from "../../../kernel/resource.ts";
import { patiently } from "../../../kernel/resourcePatience.ts";
import { unlessMissing } from "../../../kernel/resourceReading.ts";
import { readPipe, stateOf } from "./readPipe.ts";
import { type PipeProperties, resetting } from "./resetting.ts";

const TYPE = "AWS::Pipes::Pipe";
const POLL_MS = 1000;
const MAX_NAME_LENGTH = 64;

export const pipeType = defineResourceType<PipeProperties>({
  name: TYPE,
  create: async (ctx, desired) => {
    const Name = desired.Name ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    return patiently(ctx, isOfPermissions, async () => {
      await ctx.call("pipes", "CreatePipe", { ...desired, Name, Tags: tagsOf(ctx, desired) });
      ctx.made(Name);
      return settled(ctx, Name).catch(async (error: unknown) => {
        await removed(ctx, Name);
        throw error;
      });
    });
  },
  update: async (ctx, { physicalId: Name, attributes, properties }, desired) => {
    await ctx.call("pipes", "UpdatePipe", { ...resetting(properties, desired), Name });
    await retag(ctx, String(attributes["Arn"]), tagsOf(ctx, properties), tagsOf(ctx, desired));
    return settled(ctx, Name);
  },
  delete: (ctx, { physicalId }) => removed(ctx, physicalId),
  read: readPipe,
  unbuilt: [
    ...["ActiveMQBroker", "KinesisStream", "ManagedStreamingKafka", "RabbitMQBroker", "SelfManagedKafka"].map(
      (source) => `SourceParameters.${source}Parameters`,
    ),
    ...["BatchJob", "EcsTask", "KinesisStream", "RedshiftData", "SageMakerPipeline", "Timestream"].map(
      (target) => `TargetParameters.${target}Parameters`,
    ),
    "TargetParameters.EventBridgeEventBusParameters.EndpointId",
    "LogConfiguration.FirehoseLogDestination",
    "LogConfiguration.S3LogDestination",
  ],
});

/** Policies of the role may be made beside the pipe, which does not know of them. */
const isOfPermissions = (error: unknown): boolean =>
  /customer role|Error occurred while sending message/.test(errorMessage(error));

const removed = async (ctx: ResourceContext, Name: string): Promise<void> => {
  await unlessMissing(ctx.call("pipes", "DeletePipe", { Name }), "NotFoundException");
  while (await unlessMissing(ctx.call("pipes", "DescribePipe", { Name }), "NotFoundException"))
    await ctx.sleep(POLL_MS);
};

/** Waits until a pipe runs or stands. */
const settled = async (ctx: ResourceContext, Name: string): Promise<ResourceState> => {
  for (;;) {
    const pipe = await ctx.call("pipes", "DescribePipe", { Name });
    const { CurrentState = "", StateReason = "" } = pipe;
    if (CurrentState === "RUNNING" || CurrentState === "STOPPED") return stateOf(pipe);
    if (CurrentState.endsWith("FAILED")) {
      throw new AwsError(
        "NotStabilized",
        `Resource of type '${TYPE}' with identifier '${Name}' did not stabilize. Status Reason is ${StateReason}`,
      );
    }
    await ctx.sleep(POLL_MS);
  }
};

const tagsOf = (ctx: ResourceContext, { Tags }: Pick<PipeProperties, "Tags">) => ({ ...ctx.tags, ...Tags });

const retag = async (
  ctx: ResourceContext,
  resourceArn: string,
  before: Readonly<Record<string, string>>,
  tags: Readonly<Record<string, string>>,
): Promise<void> => {
  const tagKeys = Object.keys(before).filter((key) => !(key in tags));
  if (tagKeys.length > 0) await ctx.call("pipes", "UntagResource", { resourceArn, tagKeys });
  if (Object.keys(tags).length > 0) await ctx.call("pipes", "TagResource", { resourceArn, tags });
};
