import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { plain, tagMap, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

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
  (found, IntegrationId) => ({ attributes: { IntegrationId }, properties: plain(found), unread: [] }),
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
