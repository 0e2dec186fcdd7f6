import { GatewayResponseType } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../../kernel/json.ts";
import { capitalized, plain, type ResourceReader, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

// What an API consists of, each part as it is now; whose it is, only the template tells.

/** Asks an API for a part; undefined when it has none such, or when nothing says which API is meant. */
export const ofApi = async <T>(given: JsonObject, ask: (restApiId: string) => Promise<T>): Promise<T | undefined> => {
  const restApiId = textOf(given, "RestApiId");
  return restApiId === undefined ? undefined : unlessMissing(ask(restApiId), "NotFoundException");
};

const apiOf = (given: JsonObject) => ({ RestApiId: textOf(given, "RestApiId") });

export const readResource: ResourceReader = async (ctx, physicalId, given) => {
  const found = await ofApi(given, (restApiId) =>
    ctx.call("apigateway", "GetResource", { restApiId, resourceId: physicalId }),
  );
  if (!found) return undefined;
  const { parentId: ParentId, pathPart: PathPart } = found;
  const properties = plain({ ...apiOf(given), ParentId, PathPart });
  return { physicalId, attributes: { ResourceId: physicalId }, properties, unread: [] };
};

export const readAuthorizer: ResourceReader = async (ctx, physicalId, given) => {
  const found = await ofApi(given, (restApiId) =>
    ctx.call("apigateway", "GetAuthorizer", { restApiId, authorizerId: physicalId }),
  );
  const properties = found && { ...capitalized(found), ...plain(apiOf(given)) };
  return properties && { physicalId, attributes: { AuthorizerId: physicalId }, properties, unread: [] };
};

export const readModel: ResourceReader = async (ctx, physicalId, given) => {
  const found = await ofApi(given, (restApiId) =>
    ctx.call("apigateway", "GetModel", { restApiId, modelName: physicalId }),
  );
  const properties = found && { ...capitalized(found), ...plain(apiOf(given)) };
  return properties && { physicalId, attributes: {}, properties, unread: [] };
};

export const readRequestValidator: ResourceReader = async (ctx, physicalId, given) => {
  const found = await ofApi(given, (restApiId) =>
    ctx.call("apigateway", "GetRequestValidator", { restApiId, requestValidatorId: physicalId }),
  );
  const properties = found && { ...capitalized(found), ...plain(apiOf(given)) };
  return properties && { physicalId, attributes: { RequestValidatorId: physicalId }, properties, unread: [] };
};

export const readGatewayResponse: ResourceReader = async (ctx, physicalId, given) => {
  const wanted = textOf(given, "ResponseType");
  const responseType = Object.values(GatewayResponseType).find((each) => each === wanted);
  const found = await ofApi(given, (restApiId) =>
    ctx.call("apigateway", "GetGatewayResponse", { restApiId, responseType }),
  );
  // AWS: one that nobody has set is answered all the same, with its defaults.
  if (!found || found.defaultResponse) return undefined;
  const properties = { ...capitalized(found, ["responseParameters", "responseTemplates"]), ...plain(apiOf(given)) };
  return { physicalId, attributes: { Id: physicalId }, properties, unread: [] };
};

export const readDeployment: ResourceReader = async (ctx, physicalId, given) => {
  const found = await ofApi(given, (restApiId) =>
    ctx.call("apigateway", "GetDeployment", { restApiId, deploymentId: physicalId }),
  );
  if (!found) return undefined;
  const properties = plain({ ...apiOf(given), Description: found.description });
  const unread = ["DeploymentCanarySettings", "StageDescription", "StageName"];
  return { physicalId, attributes: { DeploymentId: physicalId }, properties, unread };
};
