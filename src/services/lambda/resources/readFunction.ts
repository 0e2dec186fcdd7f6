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
    Tags: tagList(found.Tags),
  });
  return { physicalId: FunctionName, attributes: { Arn }, properties, unread: UNREAD };
};

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
  "CodeSigningConfigArn",
  "DurableConfig",
  "FileSystemConfigs",
  "FunctionScalingConfig",
  "ImageConfig",
  "PublishToLatestPublished",
  "RecursiveLoop",
  "RuntimeManagementConfig",
  "TenancyConfig",
];

/** A published version as it is now. */
export const readVersion = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const found = await unlessMissing(ctx.call("lambda", "GetFunctionConfiguration", { FunctionName: physicalId }), GONE);
  if (!found) return undefined;
  const { FunctionArn = "", Version = "", Description, CodeSha256 } = found;
  const own = FunctionArn.slice(0, FunctionArn.lastIndexOf(":"));
  const properties = plain({ FunctionName: asGiven(given["FunctionName"], own), Description, CodeSha256 });
  const unread = ["FunctionScalingConfig", "ProvisionedConcurrencyConfig", "RuntimePolicy"];
  return { physicalId: FunctionArn, attributes: { FunctionArn, Version }, properties, unread };
};

/** An alias as it is now, by its ARN. */
export const readAlias = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const at = physicalId.lastIndexOf(":");
  const [own, Name] = [physicalId.slice(0, at), physicalId.slice(at + 1)];
  const found = await unlessMissing(ctx.call("lambda", "GetAlias", { FunctionName: own, Name }), GONE);
  if (!found) return undefined;
  const { AliasArn = "", FunctionVersion, Description, RoutingConfig } = found;
  const weights = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {});
  const properties = plain({
    FunctionName: asGiven(given["FunctionName"], own),
    Name,
    FunctionVersion,
    Description,
    RoutingConfig: {
      AdditionalVersionWeights: weights.map(([version, FunctionWeight]) => ({
        FunctionVersion: version,
        FunctionWeight,
      })),
    },
  });
  return { physicalId: AliasArn, attributes: { AliasArn }, properties, unread: ["ProvisionedConcurrencyConfig"] };
};

/** A function's URL as it is now, by the ARN of what it leads to. */
export const readUrl = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const parts = physicalId.split(":");
  const [own, Qualifier] = [parts.slice(0, 7).join(":"), parts[7]];
  const found = await unlessMissing(ctx.call("lambda", "GetFunctionUrlConfig", { FunctionName: own, Qualifier }), GONE);
  if (!found) return undefined;
  const { FunctionArn = "", FunctionUrl = "", AuthType, InvokeMode, Cors } = found;
  const TargetFunctionArn = asGiven(given["TargetFunctionArn"], own);
  const properties = plain({ TargetFunctionArn, Qualifier, AuthType, InvokeMode, Cors });
  return { physicalId: FunctionArn, attributes: { FunctionArn, FunctionUrl }, properties, unread: [] };
};

/** A layer's version as it is now; AWS: where its content came from, it does not tell. */
export const readLayerVersion = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const found = await unlessMissing(ctx.call("lambda", "GetLayerVersionByArn", { Arn: physicalId }), GONE);
  if (!found) return undefined;
  const properties = plain({
    LayerName: asGiven(given["LayerName"], found.LayerArn),
    ...picked(found, ["CompatibleArchitectures", "CompatibleRuntimes", "Description", "LicenseInfo"]),
  });
  return { physicalId, attributes: { LayerVersionArn: physicalId }, properties, unread: ["Content"] };
};
