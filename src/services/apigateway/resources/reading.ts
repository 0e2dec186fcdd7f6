import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { capitalized, parsed, picked, plain, tagList, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

/** An API as it is now; AWS: the definition it was made of it does not tell. */
export const readRestApi = async (ctx: ResourceContext, physicalId: string): Promise<ResourceReading | undefined> => {
  const found = await unlessMissing(
    ctx.call("apigateway", "GetRestApi", { restApiId: physicalId }),
    "NotFoundException",
  );
  if (!found) return undefined;
  const { apiKeySource, policy, tags, rootResourceId = "", ...rest } = found;
  const properties = plain({
    ...picked(capitalized(rest), API),
    ApiKeySourceType: apiKeySource,
    Policy: parsed(policy),
    Tags: tagList(tags),
  });
  const attributes = { RestApiId: physicalId, RootResourceId: rootResourceId };
  return { physicalId, attributes, properties, unread: UNREAD };
};

const API = [
  "BinaryMediaTypes",
  "Description",
  "DisableExecuteApiEndpoint",
  "EndpointConfiguration",
  "MinimumCompressionSize",
  "Name",
  "Version",
];

const UNREAD = [
  "Body",
  "BodyS3Location",
  "CloneFrom",
  "EndpointAccessMode",
  "FailOnWarnings",
  "Mode",
  "Parameters",
  "SecurityPolicy",
];

/** A stage as it is now. */
export const readStage = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const restApiId = textOf(given, "RestApiId");
  if (restApiId === undefined) return undefined;
  const asked = ctx.call("apigateway", "GetStage", { restApiId, stageName: physicalId });
  const found = await unlessMissing(asked, "NotFoundException");
  if (!found) return undefined;
  const { tags, methodSettings = {}, variables, accessLogSettings, canarySettings, ...rest } = found;
  const methods = Object.entries(methodSettings).map(([key, settings]) => {
    const at = key.lastIndexOf("/");
    const path = key.slice(0, at).replaceAll("~1", "/");
    return {
      ...capitalized(settings),
      HttpMethod: key.slice(at + 1),
      ResourcePath: path.startsWith("/") ? path : `/${path}`,
    };
  });
  const properties = plain({
    ...capitalized(rest),
    RestApiId: restApiId,
    Variables: variables,
    AccessLogSetting: accessLogSettings && capitalized(accessLogSettings),
    CanarySetting: canarySettings && capitalized(canarySettings, ["stageVariableOverrides"]),
    MethodSettings: methods,
    Tags: tagList(tags),
  });
  return { physicalId, attributes: {}, properties, unread: ["CacheClusterSize", "ClientCertificateId"] };
};
