import type { UpdateIntegrationRequest, UpdateRouteRequest, UpdateStageRequest } from "@aws-sdk/client-apigatewayv2";
import { AwsError } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { foundInPages, objectIn, picked, type ResourceReader, unlessMissing } from "../../../kernel/resourceReading.ts";
import { MAX_INTEGRATION_TIMEOUT_MS } from "../limits.ts";
import { orGone } from "./gone.ts";
import { reset } from "./reset.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-apigatewaymanagedoverrides.html */
interface OverridesProperties {
  readonly ApiId: string;
  readonly Integration?: Omit<UpdateIntegrationRequest, "ApiId" | "IntegrationId">;
  readonly Route?: Omit<UpdateRouteRequest, "ApiId" | "RouteId">;
  readonly Stage?: Omit<UpdateStageRequest, "ApiId" | "StageName">;
}

const STAGE = "$default";

const stateOf = (ApiId: string) => ({ physicalId: ApiId, attributes: { Id: ApiId } });

export const managedOverridesType = defineResourceType<OverridesProperties>({
  name: "AWS::ApiGatewayV2::ApiGatewayManagedOverrides",
  create: (ctx, desired) => override(ctx, { ApiId: desired.ApiId }, desired),
  update: (ctx, { properties }, desired) => override(ctx, properties, desired),
  // What quick create had made is as it was then.
  delete: async (ctx, { properties }) => {
    await orGone(override(ctx, properties, { ApiId: properties.ApiId }));
  },
  read: (ctx, ApiId, given) => read(ctx, ApiId, given),
});

const override = async (ctx: ResourceContext, before: OverridesProperties, desired: OverridesProperties) => {
  const { ApiId } = desired;
  const managed = await findManaged(ctx, ApiId);
  if (!managed) throw new AwsError("NotFoundException", `API ${ApiId} has nothing that quick create made`);
  const { integration, route } = managed;
  if (before.Integration ?? desired.Integration) {
    const changes = changed(before.Integration, desired.Integration, integrationDefaults(integration));
    await ctx.call("apigatewayv2", "UpdateIntegration", {
      ApiId,
      IntegrationId: integration.IntegrationId,
      ...changes,
    });
  }
  if (before.Route ?? desired.Route) {
    const defaults = { AuthorizationType: "NONE", Target: `integrations/${integration.IntegrationId}` } as const;
    const changes = changed(before.Route, desired.Route, defaults);
    await ctx.call("apigatewayv2", "UpdateRoute", { ApiId, RouteId: route.RouteId, ...changes });
  }
  if (before.Stage ?? desired.Stage) await overrideStage(ctx, ApiId, before.Stage, desired.Stage);
  return stateOf(ApiId);
};

const changed = <T extends object>(before: T | undefined, after: T | undefined, defaults: Partial<T>) => ({
  ...after,
  ...reset({ ...before }, { ...after }, { ...defaults }),
});

/** AWS: what quick create gives an integration hangs on its target. */
const integrationDefaults = ({ IntegrationType }: { readonly IntegrationType?: string | undefined }) => {
  const toFunction = IntegrationType === "AWS_PROXY";
  return {
    TimeoutInMillis: MAX_INTEGRATION_TIMEOUT_MS,
    IntegrationMethod: toFunction ? "POST" : "ANY",
    PayloadFormatVersion: toFunction ? "2.0" : "1.0",
  };
};

const overrideStage = async (
  ctx: ResourceContext,
  ApiId: string,
  { AccessLogSettings, ...before }: Omit<UpdateStageRequest, "ApiId" | "StageName"> = {},
  desired: Omit<UpdateStageRequest, "ApiId" | "StageName"> = {},
) => {
  if (AccessLogSettings && !desired.AccessLogSettings) {
    await ctx.call("apigatewayv2", "DeleteAccessLogSettings", { ApiId, StageName: STAGE });
  }
  const defaults = { AutoDeploy: true, DefaultRouteSettings: { DetailedMetricsEnabled: false } };
  await ctx.call("apigatewayv2", "UpdateStage", { ApiId, StageName: STAGE, ...changed(before, desired, defaults) });
};

/** What quick create has made of an API. */
const findManaged = async ({ call }: ResourceContext, ApiId: string) => {
  const isManaged = ({ ApiGatewayManaged }: { readonly ApiGatewayManaged?: boolean | undefined }) =>
    ApiGatewayManaged === true;
  const integration = await foundInPages(async (NextToken) => {
    const page = await call("apigatewayv2", "GetIntegrations", { ApiId, NextToken });
    return { items: page.Items, next: page.NextToken };
  }, isManaged);
  const route = await foundInPages(async (NextToken) => {
    const page = await call("apigatewayv2", "GetRoutes", { ApiId, NextToken });
    return { items: page.Items, next: page.NextToken };
  }, isManaged);
  return integration && route && { integration, route };
};

/** What the template does not say of them is theirs, and not overridden. */
const read: ResourceReader = async (ctx, ApiId, given) => {
  const managed = await unlessMissing(findManaged(ctx, ApiId), "NotFoundException");
  if (!managed) return undefined;
  const stage = await ctx.call("apigatewayv2", "GetStage", { ApiId, StageName: STAGE });
  const parts = { Integration: managed.integration, Route: managed.route, Stage: stage };
  const properties = Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) =>
      given[name] === undefined ? [] : [[name, picked(part, Object.keys(objectIn(given, name)))]],
    ),
  );
  return { ...stateOf(ApiId), properties: { ApiId, ...properties } };
};
