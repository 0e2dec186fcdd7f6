import { capitalized, plain, type ResourceReader, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "NotFoundException";

/** An API key as it is now. */
export const readApiKey: ResourceReader = async (ctx, physicalId) => {
  const asked = ctx.call("apigateway", "GetApiKey", { apiKey: physicalId, includeValue: true });
  const found = await unlessMissing(asked, GONE);
  if (!found) return undefined;
  const { stageKeys = [], tags, ...key } = found;
  const StageKeys = stageKeys.map((stageKey) => {
    const [RestApiId, StageName] = stageKey.split("/");
    return { RestApiId, StageName };
  });
  const properties = plain({ ...capitalized(key), StageKeys, Tags: tagList(tags) });
  return { physicalId, attributes: { APIKeyId: physicalId }, properties, unread: ["GenerateDistinctId"] };
};

/** A usage plan as it is now. */
export const readUsagePlan: ResourceReader = async (ctx, physicalId) => {
  const found = await unlessMissing(ctx.call("apigateway", "GetUsagePlan", { usagePlanId: physicalId }), GONE);
  if (!found) return undefined;
  const { apiStages = [], tags, name, ...plan } = found;
  const ApiStages = apiStages.map(({ apiId, stage, throttle = {} }) => ({
    ApiId: apiId,
    Stage: stage,
    Throttle: Object.fromEntries(Object.entries(throttle).map(([path, limits]) => [path, capitalized(limits)])),
  }));
  const properties = plain({ ...capitalized(plan), UsagePlanName: name, ApiStages, Tags: tagList(tags) });
  return { physicalId, attributes: { Id: physicalId }, properties, unread: [] };
};

/** Which key a usage plan holds; the id names both. */
export const readUsagePlanKey: ResourceReader = async (ctx, physicalId) => {
  const [keyId, usagePlanId] = physicalId.split(":");
  const found = await unlessMissing(ctx.call("apigateway", "GetUsagePlanKey", { keyId, usagePlanId }), GONE);
  const properties = found && plain({ KeyId: keyId, UsagePlanId: usagePlanId, KeyType: found.type });
  return properties && { physicalId, attributes: { Id: physicalId }, properties, unread: [] };
};
