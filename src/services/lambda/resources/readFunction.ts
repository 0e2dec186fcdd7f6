import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { asGiven, picked, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "ResourceNotFoundException";

/** A function as it is now, in the words of its template; undefined when it is gone. */
export const readFunction = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const found = await unlessMissing(ctx.call("lambda", "GetFunction", { FunctionName: physicalId }), GONE);
  const configuration = found?.Configuration;
  if (!configuration) return undefined;
  const { FunctionArn: Arn = "", FunctionName = physicalId } = configuration;
  const properties = plain({
    ...picked(configuration, SAME),
    FunctionName: asGiven(given["FunctionName"], FunctionName),
    Layers: (configuration.Layers ?? []).map((layer) => layer.Arn),
    KmsKeyArn: configuration.KMSKeyArn,
    ReservedConcurrentExecutions: found.Concurrency?.ReservedConcurrentExecutions,
    CodeSigningConfigArn: await codeSigningOf(ctx, FunctionName),
    Tags: tagList(found.Tags),
  });
  return { physicalId: FunctionName, attributes: { Arn }, properties, unread: UNREAD };
};

const codeSigningOf = async ({ call }: ResourceContext, FunctionName: string): Promise<string | undefined> =>
  (await call("lambda", "GetFunctionCodeSigningConfig", { FunctionName })).CodeSigningConfigArn;

const SAME = [
  "Architectures",
  "DeadLetterConfig",
  "Description",
  "Environment",
  "EphemeralStorage",
  "Handler",
  "LoggingConfig",
  "MemorySize",
  "PackageType",
  "Role",
  "Runtime",
  "SnapStart",
  "Timeout",
  "TracingConfig",
  "VpcConfig",
];

/** AWS: where its code came from, a function does not tell. The others are settings of which functions here have none. */
const UNREAD = [
  "Code",
  "CapacityProviderConfig",
  "DurableConfig",
  "FileSystemConfigs",
  "FunctionScalingConfig",
  "ImageConfig",
  "PublishToLatestPublished",
  "RecursiveLoop",
  "RuntimeManagementConfig",
  "TenancyConfig",
];
