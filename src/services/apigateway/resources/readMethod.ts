import { capitalized, plain, type ResourceReader, unlessMissing } from "../../../kernel/resourceReading.ts";

/** Members whose names are the user's own. */
const MAPS = [
  "requestModels",
  "requestParameters",
  "requestTemplates",
  "responseModels",
  "responseParameters",
  "responseTemplates",
];

/** A method as it is now, with what stands behind it; its id is made of all that tells it from others. */
export const readMethod: ResourceReader = async (ctx, physicalId) => {
  const [restApiId, resourceId, httpMethod] = physicalId.split("|");
  const asked = ctx.call("apigateway", "GetMethod", { restApiId, resourceId, httpMethod });
  const found = await unlessMissing(asked, "NotFoundException");
  if (!found) return undefined;
  const { methodIntegration, methodResponses = {}, ...method } = found;
  const { integrationResponses = {}, httpMethod: behind, ...integration } = methodIntegration ?? {};
  const properties = plain({
    ...capitalized(method, MAPS),
    RestApiId: restApiId,
    ResourceId: resourceId,
    MethodResponses: Object.values(methodResponses).map((response) => capitalized(response, MAPS)),
    Integration: methodIntegration && {
      ...capitalized(integration, MAPS),
      IntegrationHttpMethod: behind,
      IntegrationResponses: Object.values(integrationResponses).map((response) => capitalized(response, MAPS)),
    },
  });
  return { physicalId, attributes: {}, properties, unread: [] };
};
