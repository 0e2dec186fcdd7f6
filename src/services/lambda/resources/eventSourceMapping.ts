import type { CreateEventSourceMappingCommandInput } from "@aws-sdk/client-lambda";
import { defineResourceType } from "../../../kernel/resource.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { orGone } from "./gone.ts";
import { readEventSourceMapping } from "./readEventSourceMapping.ts";
import { retag, tagsOf } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html */
type EventSourceMappingProperties = Omit<
  CreateEventSourceMappingCommandInput,
  "KMSKeyArn" | "Tags" | "StartingPositionTimestamp"
> & {
  readonly KmsKeyArn?: string;
  readonly StartingPositionTimestamp?: number;
  readonly Tags?: TagList;
};

export const eventSourceMappingType = defineResourceType<EventSourceMappingProperties>({
  name: "AWS::Lambda::EventSourceMapping",
  create: async (ctx, desired) => {
    const { UUID = "", EventSourceMappingArn = "" } = await ctx.call("lambda", "CreateEventSourceMapping", {
      ...settings(desired),
      Tags: tagsOf(ctx, desired.Tags),
    });
    return { physicalId: UUID, attributes: { Id: UUID, EventSourceMappingArn } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const {
      EventSourceArn: _,
      StartingPosition: __,
      StartingPositionTimestamp: ___,
      ...changeable
    } = settings(desired);
    await ctx.call("lambda", "UpdateEventSourceMapping", {
      ...resetting(properties, changeable),
      UUID: physicalId,
    });
    await retag(
      ctx,
      String(attributes["EventSourceMappingArn"]),
      tagsOf(ctx, properties.Tags),
      tagsOf(ctx, desired.Tags),
    );
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("lambda", "DeleteEventSourceMapping", { UUID: physicalId }));
  },
  read: readEventSourceMapping,
});

const settings = ({ KmsKeyArn, Tags: _, StartingPositionTimestamp: at, ...rest }: EventSourceMappingProperties) => ({
  ...rest,
  ...(at === undefined ? {} : { StartingPositionTimestamp: new Date(at * 1000) }),
  ...(KmsKeyArn === undefined ? {} : { KMSKeyArn: KmsKeyArn }),
});

/** A property that has left the template goes back to its default. */
const resetting = <T extends object>(before: EventSourceMappingProperties, desired: T): T => ({
  ...Object.fromEntries(Object.entries(defaultsOf(before)).filter(([name]) => name in before && !(name in desired))),
  ...desired,
});

const defaultsOf = ({ EventSourceArn = "" }: EventSourceMappingProperties) => ({
  // AWS: a queue's batches are smaller than a stream's.
  BatchSize: EventSourceArn.includes(":sqs:") ? 10 : 100,
  Enabled: true,
  FilterCriteria: { Filters: [] },
  MaximumBatchingWindowInSeconds: 0,
  ParallelizationFactor: 1,
  DestinationConfig: { OnFailure: {} },
  MaximumRecordAgeInSeconds: -1,
  BisectBatchOnFunctionError: false,
  MaximumRetryAttempts: -1,
  TumblingWindowInSeconds: 0,
  FunctionResponseTypes: [],
  ScalingConfig: {},
  KMSKeyArn: "",
  MetricsConfig: { Metrics: [] },
});
