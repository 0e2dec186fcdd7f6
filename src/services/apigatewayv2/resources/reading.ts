import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { picked, plain, tagMap, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "NotFoundException";

/** An API as it is now; AWS: what it was made of by a definition or in one go it does not tell. */
export const readApi = async (ctx: ResourceContext, physicalId: string): Promise<ResourceReading | undefined> => {
  const found = await unlessMissing(ctx.call("apigatewayv2", "GetApi", { ApiId: physicalId }), GONE);
  if (!found) return undefined;
  const { ApiId = physicalId, ApiEndpoint = "" } = found;
  const properties = plain({ ...picked(found, API), Tags: tagMap(found.Tags) });
  return { physicalId: ApiId, attributes: { ApiId, ApiEndpoint }, properties, unread: UNREAD };
};

const API = [
  "ApiKeySelectionExpression",
  "CorsConfiguration",
  "Description",
  "DisableExecuteApiEndpoint",
  "DisableSchemaValidation",
  "IpAddressType",
  "Name",
  "ProtocolType",
  "RouteSelectionExpression",
  "Version",
];

const UNREAD = ["BasePath", "Body", "BodyS3Location", "CredentialsArn", "FailOnWarnings", "RouteKey", "Target"];

/** A stage as it is now. */
export const readStage = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const ApiId = textOf(given, "ApiId");
  if (ApiId === undefined) return undefined;
  const found = await unlessMissing(ctx.call("apigatewayv2", "GetStage", { ApiId, StageName: physicalId }), GONE);
  if (!found) return undefined;
  const properties = plain({ ...found, ApiId, Tags: tagMap(found.Tags) });
  return { physicalId, attributes: {}, properties, unread: ["AccessPolicyId"] };
};

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
