import type { ConnectionType, ContentHandlingStrategy, IntegrationType } from "@aws-sdk/client-api-gateway";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { readMethod } from "./readMethod.ts";

type Flags = Readonly<Record<string, boolean | string>>;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-method.html */
interface MethodProperties {
  readonly RestApiId: string;
  readonly ResourceId: string;
  readonly HttpMethod: string;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: string;
  readonly AuthorizationScopes?: string[];
  readonly ApiKeyRequired?: boolean;
  readonly OperationName?: string;
  readonly RequestParameters?: Flags;
  readonly RequestModels?: Record<string, string>;
  readonly RequestValidatorId?: string;
  readonly MethodResponses?: readonly {
    readonly StatusCode: string;
    readonly ResponseParameters?: Flags;
    readonly ResponseModels?: Record<string, string>;
  }[];
  readonly Integration?: IntegrationProperties;
}

interface IntegrationProperties {
  readonly Type: IntegrationType;
  readonly IntegrationHttpMethod?: string;
  readonly Uri?: string;
  readonly ConnectionType?: ConnectionType;
  readonly ConnectionId?: string;
  readonly Credentials?: string;
  readonly RequestParameters?: Record<string, string>;
  readonly RequestTemplates?: Record<string, string>;
  readonly PassthroughBehavior?: string;
  readonly ContentHandling?: ContentHandlingStrategy;
  readonly TimeoutInMillis?: number;
  readonly CacheNamespace?: string;
  readonly CacheKeyParameters?: string[];
  readonly IntegrationResponses?: readonly {
    readonly StatusCode: string;
    readonly SelectionPattern?: string;
    readonly ResponseParameters?: Record<string, string>;
    readonly ResponseTemplates?: Record<string, string>;
    readonly ContentHandling?: ContentHandlingStrategy;
  }[];
}

export const methodType = defineResourceType<MethodProperties>({
  name: "AWS::ApiGateway::Method",
  unbuilt: ["Integration.IntegrationTarget", "Integration.ResponseTransferMode"],
  read: readMethod,
  create: async (ctx, desired) => {
    await put(ctx, desired);
    return { physicalId: `${desired.RestApiId}|${desired.ResourceId}|${desired.HttpMethod}`, attributes: {} };
  },
  // What deployments show is not touched by this, so the method is simply made anew.
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    await ctx.call("apigateway", "DeleteMethod", keyOf(properties));
    await put(ctx, desired);
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties }) => {
    await orGone(ctx.call("apigateway", "DeleteMethod", keyOf(properties)));
  },
});

const keyOf = ({ RestApiId, ResourceId, HttpMethod }: MethodProperties) => ({
  restApiId: RestApiId,
  resourceId: ResourceId,
  httpMethod: HttpMethod,
});

const put = async (ctx: ResourceContext, desired: MethodProperties): Promise<void> => {
  const key = keyOf(desired);
  await ctx.call("apigateway", "PutMethod", {
    ...key,
    authorizationType: desired.AuthorizationType ?? "NONE",
    authorizerId: desired.AuthorizerId,
    authorizationScopes: desired.AuthorizationScopes,
    apiKeyRequired: desired.ApiKeyRequired,
    operationName: desired.OperationName,
    requestParameters: flags(desired.RequestParameters),
    requestModels: desired.RequestModels,
    requestValidatorId: desired.RequestValidatorId,
  });
  ctx.made(`${desired.RestApiId}|${desired.ResourceId}|${desired.HttpMethod}`);
  for (const { StatusCode, ResponseParameters, ResponseModels } of desired.MethodResponses ?? []) {
    const responseParameters = flags(ResponseParameters);
    const response = { ...key, statusCode: StatusCode, responseParameters, responseModels: ResponseModels };
    await ctx.call("apigateway", "PutMethodResponse", response);
  }
  const { Integration: given } = desired;
  if (!given) return;
  await ctx.call("apigateway", "PutIntegration", {
    ...key,
    type: given.Type,
    integrationHttpMethod: given.IntegrationHttpMethod,
    uri: given.Uri,
    connectionType: given.ConnectionType,
    connectionId: given.ConnectionId,
    credentials: given.Credentials,
    requestParameters: given.RequestParameters,
    requestTemplates: given.RequestTemplates,
    passthroughBehavior: given.PassthroughBehavior,
    contentHandling: given.ContentHandling,
    timeoutInMillis: given.TimeoutInMillis,
    cacheNamespace: given.CacheNamespace,
    cacheKeyParameters: given.CacheKeyParameters,
  });
  for (const response of given.IntegrationResponses ?? []) {
    await ctx.call("apigateway", "PutIntegrationResponse", {
      ...key,
      statusCode: response.StatusCode,
      selectionPattern: response.SelectionPattern,
      responseParameters: response.ResponseParameters,
      responseTemplates: response.ResponseTemplates,
      contentHandling: response.ContentHandling,
    });
  }
};

const flags = (given: Flags | undefined): Record<string, boolean> | undefined =>
  given && Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value) === "true"]));
