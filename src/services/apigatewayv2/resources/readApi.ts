import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { picked, plain, tagMap, unlessMissing } from "../../../kernel/resourceReading.ts";

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
