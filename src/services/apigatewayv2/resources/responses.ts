import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { readIntegrationResponse, readModel, readRouteResponse } from "./readParts.ts";
import { reset } from "./reset.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-model.html */
interface ModelProperties {
  readonly ApiId: string;
  readonly Name: string;
  readonly Schema: JsonObject | string;
  readonly ContentType?: string;
  readonly Description?: string;
}

const schemaText = (schema: JsonObject | string): string =>
  typeof schema === "string" ? schema : JSON.stringify(schema);

export const modelType = defineResourceType<ModelProperties>({
  name: "AWS::ApiGatewayV2::Model",
  read: readModel,
  create: async (ctx, { Schema, ...desired }) => {
    const { ModelId = "" } = await ctx.call("apigatewayv2", "CreateModel", { ...desired, Schema: schemaText(Schema) });
    return { physicalId: ModelId, attributes: { ModelId } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const { Schema, ...given } = { ...reset(properties, desired, { ContentType: "application/json" }), ...desired };
    await ctx.call("apigatewayv2", "UpdateModel", { ...given, Schema: schemaText(Schema), ModelId: physicalId });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { ApiId } }) => {
    await orGone(ctx.call("apigatewayv2", "DeleteModel", { ApiId, ModelId: physicalId }));
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-routeresponse.html */
interface RouteResponseProperties {
  readonly ApiId: string;
  readonly RouteId: string;
  readonly RouteResponseKey: string;
  readonly ModelSelectionExpression?: string;
  readonly ResponseModels?: Record<string, string>;
  readonly ResponseParameters?: Record<string, { readonly Required: boolean }>;
}

export const routeResponseType = defineResourceType<RouteResponseProperties>({
  name: "AWS::ApiGatewayV2::RouteResponse",
  read: readRouteResponse,
  create: async (ctx, desired) => {
    const { RouteResponseId = "" } = await ctx.call("apigatewayv2", "CreateRouteResponse", desired);
    return { physicalId: RouteResponseId, attributes: { RouteResponseId } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const given = { ...desired, ...reset(properties, desired) };
    await ctx.call("apigatewayv2", "UpdateRouteResponse", { ...given, RouteResponseId: physicalId });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { ApiId, RouteId } }) => {
    await orGone(ctx.call("apigatewayv2", "DeleteRouteResponse", { ApiId, RouteId, RouteResponseId: physicalId }));
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integrationresponse.html */
interface IntegrationResponseProperties {
  readonly ApiId: string;
  readonly IntegrationId: string;
  readonly IntegrationResponseKey: string;
  readonly ContentHandlingStrategy?: "CONVERT_TO_BINARY" | "CONVERT_TO_TEXT";
  readonly ResponseParameters?: Record<string, string>;
  readonly ResponseTemplates?: Record<string, string>;
  readonly TemplateSelectionExpression?: string;
}

export const integrationResponseType = defineResourceType<IntegrationResponseProperties>({
  name: "AWS::ApiGatewayV2::IntegrationResponse",
  read: readIntegrationResponse,
  create: async (ctx, desired) => {
    const { IntegrationResponseId = "" } = await ctx.call("apigatewayv2", "CreateIntegrationResponse", desired);
    return { physicalId: IntegrationResponseId, attributes: { IntegrationResponseId } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const given = { ...desired, ...reset(properties, desired) };
    await ctx.call("apigatewayv2", "UpdateIntegrationResponse", { ...given, IntegrationResponseId: physicalId });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { ApiId, IntegrationId } }) => {
    const IntegrationResponseId = physicalId;
    await orGone(
      ctx.call("apigatewayv2", "DeleteIntegrationResponse", { ApiId, IntegrationId, IntegrationResponseId }),
    );
  },
});
