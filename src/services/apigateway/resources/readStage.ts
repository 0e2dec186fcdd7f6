import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { capitalized, plain, tagList, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

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
