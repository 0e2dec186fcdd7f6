import type { CreatePipeCommandInput } from "@aws-sdk/client-pipes";
import { AwsError } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext, type ResourceState } from "../../../kernel/resource.ts";
import { unlessMissing } from "../../../kernel/resourceReading.ts";
import { readPipe, stateOf } from "./readPipe.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-pipes-pipe.html */
interface PipeProperties extends Omit<CreatePipeCommandInput, "Name" | "Tags"> {
  readonly Name?: string;
  readonly Tags?: Readonly<Record<string, string>>;
}

const TYPE = "AWS::Pipes::Pipe";
const POLL_MS = 200;
const MAX_NAME_LENGTH = 64;

export const pipeType = defineResourceType<PipeProperties>({
  name: TYPE,
  create: async (ctx, desired) => {
    const Name = desired.Name ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    await ctx.call("pipes", "CreatePipe", { ...desired, Name, Tags: tagsOf(ctx, desired) });
    ctx.made(Name);
    return settled(ctx, Name);
  },
  update: async (ctx, { physicalId: Name, attributes, properties }, desired) => {
    const { Source: _source, Tags: _tags, ...changeable } = desired;
    await ctx.call("pipes", "UpdatePipe", { ...resetting(properties, changeable), Name });
    await retag(ctx, String(attributes["Arn"]), tagsOf(ctx, properties), tagsOf(ctx, desired));
    return settled(ctx, Name);
  },
  delete: async (ctx, { physicalId: Name }) => {
    await unlessMissing(ctx.call("pipes", "DeletePipe", { Name }), "NotFoundException");
    while (await described(ctx, Name)) await ctx.sleep(POLL_MS);
  },
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

const described = (ctx: ResourceContext, Name: string) =>
  unlessMissing(ctx.call("pipes", "DescribePipe", { Name }), "NotFoundException");

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

type Changeable = Omit<PipeProperties, "Source" | "Tags">;

/** A property that has left the template goes back to its default: UpdatePipe keeps what it is not told. */
const resetting = (before: PipeProperties, desired: Changeable): Changeable => {
  const { SourceParameters, TargetParameters } = desired;
  const filters = before.SourceParameters?.FilterCriteria && !SourceParameters?.FilterCriteria;
  const template = before.TargetParameters?.InputTemplate && !TargetParameters?.InputTemplate;
  const { InputTemplate: enriching } = desired.EnrichmentParameters ?? {};
  return {
    Description: "",
    DesiredState: "RUNNING",
    Enrichment: "",
    KmsKeyIdentifier: "",
    ...(before.LogConfiguration ? { LogConfiguration: { Level: "OFF" } } : {}),
    ...desired,
    ...(filters ? { SourceParameters: { ...SourceParameters, FilterCriteria: { Filters: [] } } } : {}),
    ...(template ? { TargetParameters: { ...TargetParameters, InputTemplate: "" } } : {}),
    EnrichmentParameters: { ...desired.EnrichmentParameters, InputTemplate: enriching ?? "" },
  };
};
