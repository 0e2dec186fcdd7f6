import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { asGiven, picked, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "ResourceNotFoundException";

/** A mapping as it is now, by its id. */
export const readEventSourceMapping = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const found = await unlessMissing(ctx.call("lambda", "GetEventSourceMapping", { UUID: physicalId }), GONE);
  if (!found || found.State === "Deleting") return undefined;
  const { EventSourceMappingArn = "", State = "", StartingPositionTimestamp: at } = found;
  const { Tags } = await ctx.call("lambda", "ListTags", { Resource: EventSourceMappingArn });
  const properties = plain({
    ...picked(found, MAPPING),
    FunctionName: asGiven(given["FunctionName"], found.FunctionArn),
    // A mapping that is being made or changed tells its state only once that is done.
    Enabled: /^(Creating|Updating)$/.test(State) ? given["Enabled"] : State.startsWith("Enabl"),
    KmsKeyArn: found.KMSKeyArn,
    StartingPositionTimestamp: at && at.getTime() / 1000,
    Tags: tagList(Tags),
  });
  return { physicalId, attributes: { Id: physicalId, EventSourceMappingArn }, properties, unread: [] };
};

const MAPPING = [
  "AmazonManagedKafkaEventSourceConfig",
  "BatchSize",
  "BisectBatchOnFunctionError",
  "DestinationConfig",
  "DocumentDBEventSourceConfig",
  "EventSourceArn",
  "FilterCriteria",
  "FunctionResponseTypes",
  "LoggingConfig",
  "MaximumBatchingWindowInSeconds",
  "MaximumRecordAgeInSeconds",
  "MaximumRetryAttempts",
  "MetricsConfig",
  "ParallelizationFactor",
  "ProvisionedPollerConfig",
  "Queues",
  "ScalingConfig",
  "SelfManagedEventSource",
  "SelfManagedKafkaEventSourceConfig",
  "SourceAccessConfigurations",
  "StartingPosition",
  "Topics",
  "TumblingWindowInSeconds",
];
