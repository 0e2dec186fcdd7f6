import type {
  AuthorizationType,
  AuthorizerType,
  ConnectionType,
  IntegrationType,
  JWTConfiguration,
} from "@aws-sdk/client-apigatewayv2";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { MAX_INTEGRATION_TIMEOUT_MS, MAX_SOCKET_INTEGRATION_TIMEOUT_MS } from "../limits.ts";
import { orGone } from "./gone.ts";
import { readAuthorizer, readDeployment, readIntegration, readRoute } from "./readParts.ts";
import { reset } from "./reset.ts";
import { mappingsInput, type ResponseMappings } from "./responseMappings.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html */
interface RouteProperties {
  readonly ApiId: string;
  readonly RouteKey: string;
  readonly Target?: string;
  readonly AuthorizationType?: AuthorizationType;
  readonly AuthorizerId?: string;
  readonly AuthorizationScopes?: string[];
  readonly OperationName?: string;
  readonly ApiKeyRequired?: boolean;
  readonly ModelSelectionExpression?: string;
  readonly RequestModels?: Record<string, string>;
  readonly RequestParameters?: Record<string, { readonly Required: boolean }>;
  readonly RouteResponseSelectionExpression?: string;
}

export const routeType = defineResourceType<RouteProperties>({
  name: "AWS::ApiGatewayV2::Route",
  create: async (ctx, desired) => {
    const { RouteId = "" } = await ctx.call("apigatewayv2", "CreateRoute", desired);
    return { physicalId: RouteId, attributes: { RouteId } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const given = { ...desired, ...reset(properties, desired, { AuthorizationType: "NONE" }) };
    await ctx.call("apigatewayv2", "UpdateRoute", { ...given, RouteId: physicalId });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { ApiId } }) => {
    await orGone(ctx.call("apigatewayv2", "DeleteRoute", { ApiId, RouteId: physicalId }));
  },
  read: readRoute,
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html */
interface IntegrationProperties {
  readonly ApiId: string;
  readonly IntegrationType: IntegrationType;
  readonly IntegrationUri?: string;
  readonly IntegrationMethod?: string;
  readonly IntegrationSubtype?: string;
  readonly PayloadFormatVersion?: string;
  readonly ConnectionType?: ConnectionType;
  readonly ConnectionId?: string;
  readonly CredentialsArn?: string;
  readonly Description?: string;
  readonly TimeoutInMillis?: number;
  readonly RequestParameters?: Record<string, string>;
  readonly ResponseParameters?: ResponseMappings;
  readonly ContentHandlingStrategy?: "CONVERT_TO_BINARY" | "CONVERT_TO_TEXT";
  readonly PassthroughBehavior?: "WHEN_NO_MATCH" | "NEVER" | "WHEN_NO_TEMPLATES";
  readonly RequestTemplates?: Record<string, string>;
  readonly TemplateSelectionExpression?: string;
  readonly TlsConfig?: { readonly ServerNameToVerify?: string };
}

export const integrationType = defineResourceType<IntegrationProperties>({
  name: "AWS::ApiGatewayV2::Integration",
  create: async (ctx, desired) => {
    const { IntegrationId = "" } = await ctx.call("apigatewayv2", "CreateIntegration", integrationInput(desired));
    return { physicalId: IntegrationId, attributes: { IntegrationId } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const defaults = await integrationDefaults(ctx, properties, desired);
    const given = integrationInput({ ...desired, ...reset(properties, desired, defaults) });
    await ctx.call("apigatewayv2", "UpdateIntegration", { ...given, IntegrationId: physicalId });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { ApiId } }) => {
    await orGone(ctx.call("apigatewayv2", "DeleteIntegration", { ApiId, IntegrationId: physicalId }));
  },
  read: readIntegration,
});

const integrationDefaults = async (
  ctx: ResourceContext,
  { TimeoutInMillis: before }: IntegrationProperties,
  { ApiId, TimeoutInMillis: after }: IntegrationProperties,
): Promise<Partial<IntegrationProperties>> => {
  const fixed = {
    ConnectionType: "INTERNET",
    PassthroughBehavior: "WHEN_NO_MATCH",
    PayloadFormatVersion: "1.0",
  } as const;
  if (before === undefined || after !== undefined) return fixed;
  const { ProtocolType } = await ctx.call("apigatewayv2", "GetApi", { ApiId });
  const overSockets = ProtocolType === "WEBSOCKET";
  return { ...fixed, TimeoutInMillis: overSockets ? MAX_SOCKET_INTEGRATION_TIMEOUT_MS : MAX_INTEGRATION_TIMEOUT_MS };
};

const integrationInput = ({ ResponseParameters, ...desired }: IntegrationProperties) => ({
  ...desired,
  ...(ResponseParameters ? { ResponseParameters: mappingsInput(ResponseParameters) } : {}),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-authorizer.html */
interface AuthorizerProperties {
  readonly ApiId: string;
  readonly Name: string;
  readonly AuthorizerType: AuthorizerType;
  readonly IdentitySource?: string[];
  readonly JwtConfiguration?: JWTConfiguration;
  readonly AuthorizerUri?: string;
  readonly AuthorizerCredentialsArn?: string;
  readonly AuthorizerPayloadFormatVersion?: string;
  readonly AuthorizerResultTtlInSeconds?: number;
  readonly EnableSimpleResponses?: boolean;
}

export const authorizerType = defineResourceType<AuthorizerProperties>({
  name: "AWS::ApiGatewayV2::Authorizer",
  unbuilt: ["IdentityValidationExpression"],
  create: async (ctx, desired) => {
    const IdentitySource = desired.IdentitySource ?? [];
    const { AuthorizerId = "" } = await ctx.call("apigatewayv2", "CreateAuthorizer", { ...desired, IdentitySource });
    return { physicalId: AuthorizerId, attributes: { AuthorizerId } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const given = { ...reset(properties, desired, { AuthorizerResultTtlInSeconds: 300 }), ...desired };
    await ctx.call("apigatewayv2", "UpdateAuthorizer", { ...given, AuthorizerId: physicalId });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { ApiId } }) => {
    await orGone(ctx.call("apigatewayv2", "DeleteAuthorizer", { ApiId, AuthorizerId: physicalId }));
  },
  read: readAuthorizer,
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-deployment.html */
interface DeploymentProperties {
  readonly ApiId: string;
  readonly StageName?: string;
  readonly Description?: string;
}

export const deploymentType = defineResourceType<DeploymentProperties>({
  name: "AWS::ApiGatewayV2::Deployment",
  read: readDeployment,
  create: async (ctx, desired) => {
    const { DeploymentId = "" } = await ctx.call("apigatewayv2", "CreateDeployment", desired);
    return { physicalId: DeploymentId, attributes: { DeploymentId } };
  },
  update: async (ctx, { physicalId, attributes }, { ApiId, Description }) => {
    await ctx.call("apigatewayv2", "UpdateDeployment", {
      ApiId,
      DeploymentId: physicalId,
      Description: Description ?? "",
    });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { ApiId } }) => {
    await orGone(ctx.call("apigatewayv2", "DeleteDeployment", { ApiId, DeploymentId: physicalId }));
  },
});
