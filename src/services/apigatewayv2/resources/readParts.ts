import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { plain, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "NotFoundException";

/** A route as it is now. */
export const readRoute = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const ApiId = textOf(given, "ApiId");
  if (ApiId === undefined) return undefined;
  const found = await unlessMissing(ctx.call("apigatewayv2", "GetRoute", { ApiId, RouteId: physicalId }), GONE);
  if (!found) return undefined;
  const attributes = { RouteId: physicalId };
  return { physicalId, attributes, properties: plain({ ...found, ApiId }), unread: [] };
};

/** An integration as it is now. */
export const readIntegration = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const ApiId = textOf(given, "ApiId");
  if (ApiId === undefined) return undefined;
  const asked = ctx.call("apigatewayv2", "GetIntegration", { ApiId, IntegrationId: physicalId });
  const found = await unlessMissing(asked, GONE);
  if (!found) return undefined;
  const attributes = { IntegrationId: physicalId };
  return { physicalId, attributes, properties: plain({ ...found, ApiId }), unread: [] };
};

/** An authorizer as it is now. */
export const readAuthorizer = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const ApiId = textOf(given, "ApiId");
  if (ApiId === undefined) return undefined;
  const asked = ctx.call("apigatewayv2", "GetAuthorizer", { ApiId, AuthorizerId: physicalId });
  const found = await unlessMissing(asked, GONE);
  if (!found) return undefined;
  const attributes = { AuthorizerId: physicalId };
  return { physicalId, attributes, properties: plain({ ...found, ApiId }), unread: [] };
};
