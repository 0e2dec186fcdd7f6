import type { Cors } from "@aws-sdk/client-apigatewayv2";
import { type ApiDefinition, definitionText, isRedefined } from "../../../engines/gateway/apiDefinition.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { readApi } from "./readApi.ts";
import { reset } from "./reset.ts";
import { retag } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html */
interface ApiProperties extends ApiDefinition {
  readonly Name?: string;
  readonly ProtocolType?: "HTTP" | "WEBSOCKET";
  readonly Description?: string;
  readonly Version?: string;
  readonly BasePath?: string;
  readonly FailOnWarnings?: boolean;
  readonly CorsConfiguration?: Cors;
  readonly DisableExecuteApiEndpoint?: boolean;
  readonly RouteKey?: string;
  readonly Target?: string;
  readonly CredentialsArn?: string;
  readonly RouteSelectionExpression?: string;
  readonly ApiKeySelectionExpression?: string;
  readonly DisableSchemaValidation?: boolean;
  readonly IpAddressType?: "ipv4" | "dualstack";
  readonly Tags?: Readonly<Record<string, string>>;
}

export const apiType = defineResourceType<ApiProperties>({
  name: "AWS::ApiGatewayV2::Api",
  create: async (ctx, desired) => {
    const { ApiId = "", ApiEndpoint = "" } = await created(ctx, desired);
    ctx.made(ApiId);
    await describe(ctx, ApiId, desired);
    return { physicalId: ApiId, attributes: { ApiId, ApiEndpoint } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const isOther = isRedefined(properties, desired) || properties.BasePath !== desired.BasePath;
    const definition = isOther ? await definitionText(ctx, desired) : undefined;
    if (definition !== undefined) {
      await ctx.call("apigatewayv2", "ReimportApi", {
        ApiId: physicalId,
        Body: definition,
        Basepath: desired.BasePath,
        FailOnWarnings: desired.FailOnWarnings,
      });
    } else if (properties.CorsConfiguration && !desired.CorsConfiguration) {
      await ctx.call("apigatewayv2", "DeleteCorsConfiguration", { ApiId: physicalId });
    }
    await describe(ctx, physicalId, desired, properties);
    await retarget(ctx, physicalId, properties, desired);
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
      Basepath: desired.BasePath,
      FailOnWarnings: desired.FailOnWarnings,
    });
  }
  return ctx.call("apigatewayv2", "CreateApi", {
    Name: desired.Name ?? ctx.logicalId,
    ProtocolType: desired.ProtocolType ?? "HTTP",
    RouteKey: desired.RouteKey,
    Target: desired.Target,
    CredentialsArn: desired.CredentialsArn,
    RouteSelectionExpression: desired.RouteSelectionExpression,
  });
};

/** Changes what the API was made of in one go; without a target, a key and credentials mean nothing. */
const retarget = async (ctx: ResourceContext, ApiId: string, before: ApiProperties, desired: ApiProperties) => {
  const quick = ["Target", "RouteKey", "CredentialsArn"] as const;
  if (quick.every((name) => before[name] === desired[name])) return;
  const { Target, RouteKey = "$default", CredentialsArn = "" } = desired;
  const given = Target === undefined ? { Target: "" } : { Target, RouteKey, CredentialsArn };
  await ctx.call("apigatewayv2", "UpdateApi", { ApiId, ...given });
};

/** What a template says beside the definition counts more than it. */
const describe = async (
  ctx: ResourceContext,
  ApiId: string,
  desired: ApiProperties,
  before: ApiProperties = {},
): Promise<void> => {
  const ApiKeySelectionExpression = "$request.header.x-api-key";
  const defaults = { Name: ctx.logicalId, ApiKeySelectionExpression, IpAddressType: "ipv4" } as const;
  const given = { ...reset(described(before), described(desired), defaults), ...described(desired), ...cors(desired) };
  if (Object.keys(given).length > 0) await ctx.call("apigatewayv2", "UpdateApi", { ApiId, ...given });
  await retag(ctx, `/apis/${ApiId}`, before.Tags, desired.Tags);
};

const cors = ({ CorsConfiguration }: ApiProperties) => (CorsConfiguration ? { CorsConfiguration } : {});

const described = (properties: ApiProperties): Partial<Pick<ApiProperties, (typeof DESCRIBED)[number]>> =>
  Object.fromEntries(
    DESCRIBED.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]),
  );

const DESCRIBED = [
  "ApiKeySelectionExpression",
  "Description",
  "DisableExecuteApiEndpoint",
  "DisableSchemaValidation",
  "IpAddressType",
  "Name",
  "RouteSelectionExpression",
  "Version",
] as const;
