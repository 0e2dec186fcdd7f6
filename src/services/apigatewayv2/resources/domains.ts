import type { DomainNameConfiguration } from "@aws-sdk/client-apigatewayv2";
import { defineResourceType } from "../../../kernel/resource.ts";
import { attributesOf } from "./domainAttributes.ts";
import { orGone } from "./gone.ts";
import { readApiMapping, readDomainName } from "./readDomains.ts";
import { retag } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-domainname.html */
interface DomainNameProperties {
  readonly DomainName: string;
  readonly DomainNameConfigurations?: DomainNameConfiguration[];
  readonly MutualTlsAuthentication?: { readonly TruststoreUri?: string; readonly TruststoreVersion?: string };
  readonly RoutingMode?: "API_MAPPING_ONLY" | "ROUTING_RULE_ONLY" | "ROUTING_RULE_THEN_API_MAPPING";
  readonly Tags?: Readonly<Record<string, string>>;
}

export const domainNameType = defineResourceType<DomainNameProperties>({
  name: "AWS::ApiGatewayV2::DomainName",
  read: readDomainName,
  create: async (ctx, { DomainName, DomainNameConfigurations, MutualTlsAuthentication, RoutingMode, Tags }) => {
    const domain = await ctx.call("apigatewayv2", "CreateDomainName", {
      DomainName,
      DomainNameConfigurations,
      MutualTlsAuthentication,
      RoutingMode,
      Tags: { ...ctx.tags, ...Tags },
    });
    return { physicalId: DomainName, attributes: attributesOf(domain) };
  },
  update: async (ctx, { physicalId, properties }, desired) => {
    const { DomainNameConfigurations, RoutingMode = "API_MAPPING_ONLY" } = desired;
    const MutualTlsAuthentication = desired.MutualTlsAuthentication ?? { TruststoreUri: "" };
    const input = { DomainName: physicalId, DomainNameConfigurations, MutualTlsAuthentication, RoutingMode };
    const domain = await ctx.call("apigatewayv2", "UpdateDomainName", input);
    await retag(ctx, `/domainnames/${physicalId}`, properties.Tags, desired.Tags);
    return { physicalId, attributes: attributesOf(domain) };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("apigatewayv2", "DeleteDomainName", { DomainName: physicalId }));
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-apimapping.html */
interface ApiMappingProperties {
  readonly DomainName: string;
  readonly ApiId: string;
  readonly Stage: string;
  readonly ApiMappingKey?: string;
}

export const apiMappingType = defineResourceType<ApiMappingProperties>({
  name: "AWS::ApiGatewayV2::ApiMapping",
  read: readApiMapping,
  create: async (ctx, desired) => {
    const { ApiMappingId = "" } = await ctx.call("apigatewayv2", "CreateApiMapping", desired);
    return { physicalId: ApiMappingId, attributes: { ApiMappingId } };
  },
  update: async (ctx, { physicalId, attributes }, desired) => {
    const input = { ...desired, ApiMappingKey: desired.ApiMappingKey ?? "", ApiMappingId: physicalId };
    await ctx.call("apigatewayv2", "UpdateApiMapping", input);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { DomainName } }) => {
    await orGone(ctx.call("apigatewayv2", "DeleteApiMapping", { DomainName, ApiMappingId: physicalId }));
  },
});
