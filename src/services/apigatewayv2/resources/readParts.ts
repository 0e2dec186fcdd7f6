import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { parsed, plain, tagMap, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";
import { mappingsOf } from "./responseMappings.ts";

const GONE = "NotFoundException";

type Reader = (ctx: ResourceContext, physicalId: string, given: JsonObject) => Promise<ResourceReading | undefined>;

/** Reads a part of an API, which its template names by `ApiId`; what is not there any more reads as undefined. */
const partReader =
  <T extends object>(
    ask: (ctx: ResourceContext, ApiId: string, id: string) => Promise<T>,
    reading: (found: T, id: string) => Omit<ResourceReading, "physicalId">,
  ): Reader =>
  async (ctx, physicalId, given) => {
    const ApiId = textOf(given, "ApiId");
    if (ApiId === undefined) return undefined;
    const found = await unlessMissing(ask(ctx, ApiId, physicalId), GONE);
    return found && { physicalId, ...reading({ ...found, ApiId }, physicalId) };
  };

export const readRoute = partReader(
  (ctx, ApiId, RouteId) => ctx.call("apigatewayv2", "GetRoute", { ApiId, RouteId }),
  (found, RouteId) => ({ attributes: { RouteId }, properties: plain(found), unread: [] }),
);

export const readIntegration = partReader(
  (ctx, ApiId, IntegrationId) => ctx.call("apigatewayv2", "GetIntegration", { ApiId, IntegrationId }),
  ({ ResponseParameters, ...found }, IntegrationId) => ({
    attributes: { IntegrationId },
    properties: plain({
      ...found,
      ...(ResponseParameters ? { ResponseParameters: mappingsOf(ResponseParameters) } : {}),
    }),
    unread: [],
  }),
);

export const readAuthorizer = partReader(
  (ctx, ApiId, AuthorizerId) => ctx.call("apigatewayv2", "GetAuthorizer", { ApiId, AuthorizerId }),
  (found, AuthorizerId) => ({ attributes: { AuthorizerId }, properties: plain(found), unread: [] }),
);

export const readStage = partReader(
  (ctx, ApiId, StageName) => ctx.call("apigatewayv2", "GetStage", { ApiId, StageName }),
  (found) => ({
    attributes: {},
    properties: plain({ ...found, Tags: tagMap(found.Tags) }),
    unread: ["AccessPolicyId"],
  }),
);

export const readDeployment = partReader(
  (ctx, ApiId, DeploymentId) => ctx.call("apigatewayv2", "GetDeployment", { ApiId, DeploymentId }),
  (found, DeploymentId) => ({ attributes: { DeploymentId }, properties: plain(found), unread: ["StageName"] }),
);

export const readModel = partReader(
  (ctx, ApiId, ModelId) => ctx.call("apigatewayv2", "GetModel", { ApiId, ModelId }),
  ({ Schema, ...found }, ModelId) => ({
    attributes: { ModelId },
    properties: plain({ ...found, Schema: parsed(Schema) }),
    unread: [],
  }),
);

/** What belongs to a route: the template says to which. */
export const readRouteResponse: Reader = async (ctx, RouteResponseId, given) => {
  const [ApiId, RouteId] = [textOf(given, "ApiId"), textOf(given, "RouteId")];
  if (ApiId === undefined || RouteId === undefined) return undefined;
  const asked = ctx.call("apigatewayv2", "GetRouteResponse", { ApiId, RouteId, RouteResponseId });
  const found = await unlessMissing(asked, GONE);
  const properties = found && plain({ ...found, ApiId, RouteId });
  return properties && { physicalId: RouteResponseId, attributes: { RouteResponseId }, properties, unread: [] };
};

/** What belongs to an integration: the template says to which. */
export const readIntegrationResponse: Reader = async (ctx, IntegrationResponseId, given) => {
  const [ApiId, IntegrationId] = [textOf(given, "ApiId"), textOf(given, "IntegrationId")];
  if (ApiId === undefined || IntegrationId === undefined) return undefined;
  const asked = ctx.call("apigatewayv2", "GetIntegrationResponse", { ApiId, IntegrationId, IntegrationResponseId });
  const found = await unlessMissing(asked, GONE);
  const properties = found && plain({ ...found, ApiId, IntegrationId });
  return (
    properties && { physicalId: IntegrationResponseId, attributes: { IntegrationResponseId }, properties, unread: [] }
  );
};
