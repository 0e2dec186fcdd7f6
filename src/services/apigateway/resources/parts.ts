import type { AuthorizerType, GatewayResponseType } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { listPatches, memberPatches } from "./patches.ts";
import { readAuthorizer, readGatewayResponse, readModel, readRequestValidator, readResource } from "./readParts.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-resource.html */
interface ResourceProperties {
  readonly RestApiId: string;
  readonly ParentId: string;
  readonly PathPart: string;
}

export const resourceType = defineResourceType<ResourceProperties>({
  name: "AWS::ApiGateway::Resource",
  read: readResource,
  create: async (ctx, { RestApiId, ParentId, PathPart }) => {
    const { id = "" } = await ctx.call("apigateway", "CreateResource", {
      restApiId: RestApiId,
      parentId: ParentId,
      pathPart: PathPart,
    });
    return { physicalId: id, attributes: { ResourceId: id } };
  },
  delete: async (ctx, { physicalId, properties: { RestApiId } }) => {
    await orGone(ctx.call("apigateway", "DeleteResource", { restApiId: RestApiId, resourceId: physicalId }));
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html */
interface AuthorizerProperties {
  readonly RestApiId: string;
  readonly Name: string;
  readonly Type: AuthorizerType;
  readonly ProviderARNs?: string[];
  readonly AuthType?: string;
  readonly AuthorizerUri?: string;
  readonly AuthorizerCredentials?: string;
  readonly IdentitySource?: string;
  readonly IdentityValidationExpression?: string;
  readonly AuthorizerResultTtlInSeconds?: number;
}

const authorizerMembers = (of: AuthorizerProperties) => ({
  name: of.Name,
  type: of.Type,
  authType: of.AuthType,
  authorizerUri: of.AuthorizerUri,
  authorizerCredentials: of.AuthorizerCredentials,
  identitySource: of.IdentitySource,
  identityValidationExpression: of.IdentityValidationExpression,
  authorizerResultTtlInSeconds: of.AuthorizerResultTtlInSeconds,
});

const AUTHORIZER_DEFAULTS = {
  authorizerResultTtlInSeconds: 300,
  identitySource: "method.request.header.Authorization",
};

export const authorizerType = defineResourceType<AuthorizerProperties>({
  name: "AWS::ApiGateway::Authorizer",
  read: readAuthorizer,
  create: async (ctx, desired) => {
    const { id = "" } = await ctx.call("apigateway", "CreateAuthorizer", {
      ...authorizerMembers(desired),
      restApiId: desired.RestApiId,
      providerARNs: desired.ProviderARNs,
    });
    return { physicalId: id, attributes: { AuthorizerId: id } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const patchOperations = [
      ...memberPatches(authorizerMembers(properties), authorizerMembers(desired), AUTHORIZER_DEFAULTS),
      ...listPatches("/providerARNs", properties.ProviderARNs, desired.ProviderARNs),
    ];
    const { RestApiId: restApiId } = desired;
    await ctx.call("apigateway", "UpdateAuthorizer", { restApiId, authorizerId: physicalId, patchOperations });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { RestApiId } }) => {
    await orGone(ctx.call("apigateway", "DeleteAuthorizer", { restApiId: RestApiId, authorizerId: physicalId }));
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-model.html */
interface ModelProperties {
  readonly RestApiId: string;
  readonly Name?: string;
  readonly ContentType?: string;
  readonly Description?: string;
  readonly Schema?: JsonObject | string;
}

const schemaText = ({ Schema = {} }: ModelProperties): string =>
  typeof Schema === "string" ? Schema : JSON.stringify(Schema);

export const modelType = defineResourceType<ModelProperties>({
  name: "AWS::ApiGateway::Model",
  read: readModel,
  create: async (ctx, desired) => {
    const name = desired.Name ?? ctx.physicalName().replace(/[^a-zA-Z0-9]/g, "");
    await ctx.call("apigateway", "CreateModel", {
      restApiId: desired.RestApiId,
      name,
      contentType: desired.ContentType ?? "application/json",
      description: desired.Description,
      schema: schemaText(desired),
    });
    return { physicalId: name, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const membersOf = (of: ModelProperties) => ({ description: of.Description ?? "", schema: schemaText(of) });
    const patchOperations = memberPatches(membersOf(properties), membersOf(desired));
    const { RestApiId: restApiId } = desired;
    await ctx.call("apigateway", "UpdateModel", { restApiId, modelName: physicalId, patchOperations });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { RestApiId } }) => {
    await orGone(ctx.call("apigateway", "DeleteModel", { restApiId: RestApiId, modelName: physicalId }));
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-requestvalidator.html */
interface RequestValidatorProperties {
  readonly RestApiId: string;
  readonly Name?: string;
  readonly ValidateRequestBody?: boolean;
  readonly ValidateRequestParameters?: boolean;
}

export const requestValidatorType = defineResourceType<RequestValidatorProperties>({
  name: "AWS::ApiGateway::RequestValidator",
  read: readRequestValidator,
  create: async (ctx, desired) => {
    const { id = "" } = await ctx.call("apigateway", "CreateRequestValidator", {
      restApiId: desired.RestApiId,
      name: desired.Name,
      validateRequestBody: desired.ValidateRequestBody,
      validateRequestParameters: desired.ValidateRequestParameters,
    });
    return { physicalId: id, attributes: { RequestValidatorId: id } };
  },
  update: async (ctx, { physicalId, attributes }, desired) => {
    const { RestApiId: restApiId, ValidateRequestBody, ValidateRequestParameters } = desired;
    await ctx.call("apigateway", "UpdateRequestValidator", {
      restApiId,
      requestValidatorId: physicalId,
      patchOperations: [
        { op: "replace", path: "/validateRequestBody", value: String(ValidateRequestBody ?? false) },
        { op: "replace", path: "/validateRequestParameters", value: String(ValidateRequestParameters ?? false) },
      ],
    });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { RestApiId } }) => {
    const deletion = { restApiId: RestApiId, requestValidatorId: physicalId };
    await orGone(ctx.call("apigateway", "DeleteRequestValidator", deletion));
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-gatewayresponse.html */
interface GatewayResponseProperties {
  readonly RestApiId: string;
  readonly ResponseType: GatewayResponseType;
  readonly StatusCode?: string;
  readonly ResponseParameters?: Record<string, string>;
  readonly ResponseTemplates?: Record<string, string>;
}

const putGatewayResponse = (ctx: ResourceContext, desired: GatewayResponseProperties) =>
  ctx.call("apigateway", "PutGatewayResponse", {
    restApiId: desired.RestApiId,
    responseType: desired.ResponseType,
    statusCode: desired.StatusCode,
    responseParameters: desired.ResponseParameters,
    responseTemplates: desired.ResponseTemplates,
  });

export const gatewayResponseType = defineResourceType<GatewayResponseProperties>({
  name: "AWS::ApiGateway::GatewayResponse",
  read: readGatewayResponse,
  create: async (ctx, desired) => {
    await putGatewayResponse(ctx, desired);
    const id = ctx.physicalName();
    return { physicalId: id, attributes: { Id: id } };
  },
  update: async (ctx, { physicalId, attributes }, desired) => {
    await putGatewayResponse(ctx, desired);
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties: { RestApiId, ResponseType } }) => {
    await orGone(ctx.call("apigateway", "DeleteGatewayResponse", { restApiId: RestApiId, responseType: ResponseType }));
  },
});
