import type { Cors } from "@aws-sdk/client-apigatewayv2";
import { type ApiDefinition, definitionText, isRedefined } from "../../../engines/gateway/apiDefinition.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { readApi } from "./readApi.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html */
interface ApiProperties extends ApiDefinition {
  readonly Name?: string;
  readonly ProtocolType?: "HTTP" | "WEBSOCKET";
  readonly Description?: string;
  readonly Version?: string;
  readonly FailOnWarnings?: boolean;
  readonly CorsConfiguration?: Cors;
  readonly DisableExecuteApiEndpoint?: boolean;
  readonly RouteKey?: string;
  readonly Target?: string;
  readonly RouteSelectionExpression?: string;
  readonly ApiKeySelectionExpression?: string;
  readonly DisableSchemaValidation?: boolean;
  readonly IpAddressType?: "ipv4" | "dualstack";
  readonly Tags?: Readonly<Record<string, string>>;
}

export const apiType = defineResourceType<ApiProperties>({
  name: "AWS::ApiGatewayV2::Api",
  unbuilt: ["BasePath", "CredentialsArn"],
  create: async (ctx, desired) => {
    const { ApiId = "", ApiEndpoint = "" } = await created(ctx, desired);
    ctx.made(ApiId);
    await describe(ctx, ApiId, desired);
    return { physicalId: ApiId, attributes: { ApiId, ApiEndpoint } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const definition = isRedefined(properties, desired) ? await definitionText(ctx, desired) : undefined;
    if (definition !== undefined) {
      await ctx.call("apigatewayv2", "ReimportApi", {
        ApiId: physicalId,
        Body: definition,
        FailOnWarnings: desired.FailOnWarnings,
      });
    } else if (properties.CorsConfiguration && !desired.CorsConfiguration) {
      await ctx.call("apigatewayv2", "DeleteCorsConfiguration", { ApiId: physicalId });
    }
    await describe(ctx, physicalId, desired);
    const { RouteKey, Target } = desired;
    if (RouteKey !== properties.RouteKey || Target !== properties.Target)
      await ctx.call("apigatewayv2", "UpdateApi", {
        ApiId: physicalId,
        RouteKey: RouteKey ?? "",
        Target: Target ?? "",
      });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("apigatewayv2", "DeleteApi", { ApiId: physicalId }));
  },
  read: readApi,
});

const created = async (ctx: ResourceContext, desired: ApiProperties) => {
  const definition = await definitionText(ctx, desired);
  if (definition !== undefined) {
    return ctx.call("apigatewayv2", "ImportApi", {
      Body: definition,
      FailOnWarnings: desired.FailOnWarnings,
    });
  }
  return ctx.call("apigatewayv2", "CreateApi", {
    Name: desired.Name ?? ctx.logicalId,
    ProtocolType: desired.ProtocolType ?? "HTTP",
    RouteKey: desired.RouteKey,
    Target: desired.Target,
    RouteSelectionExpression: desired.RouteSelectionExpression,
  });
};

/** What a template says beside the definition counts more than it. */
const describe = async (ctx: ResourceContext, ApiId: string, desired: ApiProperties): Promise<void> => {
  const { Name, Description, Version, CorsConfiguration, DisableExecuteApiEndpoint, IpAddressType } = desired;
  const { RouteSelectionExpression, ApiKeySelectionExpression, DisableSchemaValidation } = desired;
  const given = {
    ...{ Name, Description, Version, CorsConfiguration, DisableExecuteApiEndpoint, IpAddressType },
    ...{ RouteSelectionExpression, ApiKeySelectionExpression, DisableSchemaValidation },
  };
  if (Object.values(given).some((value) => value !== undefined)) {
    await ctx.call("apigatewayv2", "UpdateApi", { ApiId, ...given });
  }
  const Tags = { ...ctx.tags, ...desired.Tags };
  const ResourceArn = `arn:${ctx.partition}:apigateway:${ctx.region}::/apis/${ApiId}`;
  if (Object.keys(Tags).length > 0) await ctx.call("apigatewayv2", "TagResource", { ResourceArn, Tags });
};
