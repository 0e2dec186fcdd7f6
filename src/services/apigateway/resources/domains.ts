import type { EndpointType, IpAddressType, SecurityPolicy } from "@aws-sdk/client-api-gateway";
import { defineResourceType } from "../../../kernel/resource.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { attributesOf } from "./domainAttributes.ts";
import { orGone } from "./gone.ts";
import { memberPatches } from "./patches.ts";
import { readBasePathMapping, readDomainName } from "./readDomains.ts";
import { retag, tagsOf } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-domainname.html */
interface DomainNameProperties {
  readonly DomainName: string;
  readonly CertificateArn?: string;
  readonly RegionalCertificateArn?: string;
  readonly OwnershipVerificationCertificateArn?: string;
  readonly EndpointConfiguration?: { readonly Types?: EndpointType[]; readonly IpAddressType?: IpAddressType };
  readonly SecurityPolicy?: SecurityPolicy;
  readonly MutualTlsAuthentication?: { readonly TruststoreUri?: string; readonly TruststoreVersion?: string };
  readonly RoutingMode?: "BASE_PATH_MAPPING_ONLY" | "ROUTING_RULE_ONLY" | "ROUTING_RULE_THEN_BASE_PATH_MAPPING";
  readonly Tags?: TagList;
}

const membersOf = (of: DomainNameProperties) => ({
  certificateArn: of.CertificateArn,
  regionalCertificateArn: of.RegionalCertificateArn,
  ownershipVerificationCertificateArn: of.OwnershipVerificationCertificateArn,
  securityPolicy: of.SecurityPolicy,
  routingMode: of.RoutingMode,
});

export const domainNameType = defineResourceType<DomainNameProperties>({
  name: "AWS::ApiGateway::DomainName",
  read: readDomainName,
  unbuilt: ["EndpointAccessMode"],
  create: async (ctx, desired) => {
    const { EndpointConfiguration: endpoint, MutualTlsAuthentication: mutual } = desired;
    const made = await ctx.call("apigateway", "CreateDomainName", {
      ...membersOf(desired),
      domainName: desired.DomainName,
      ...(endpoint ? { endpointConfiguration: { types: endpoint.Types, ipAddressType: endpoint.IpAddressType } } : {}),
      ...(mutual
        ? {
            mutualTlsAuthentication: {
              truststoreUri: mutual.TruststoreUri,
              truststoreVersion: mutual.TruststoreVersion,
            },
          }
        : {}),
      tags: tagsOf(ctx, desired.Tags),
    });
    return { physicalId: desired.DomainName, attributes: attributesOf(made) };
  },
  update: async (ctx, { physicalId, properties }, desired) => {
    const mutual = ({ MutualTlsAuthentication: given }: DomainNameProperties) => ({
      "mutualTlsAuthentication/truststoreUri": given?.TruststoreUri,
      "mutualTlsAuthentication/truststoreVersion": given?.TruststoreVersion,
    });
    const addressing = ({ EndpointConfiguration: given }: DomainNameProperties) => ({
      "endpointConfiguration/ipAddressType": given?.IpAddressType,
    });
    const [typeBefore = "EDGE"] = properties.EndpointConfiguration?.Types ?? [];
    const [type = "EDGE"] = desired.EndpointConfiguration?.Types ?? [];
    const patchOperations = [
      ...(type === typeBefore
        ? []
        : [{ op: "replace" as const, path: `/endpointConfiguration/types/${typeBefore}`, value: type }]),
      ...memberPatches(
        { ...membersOf(properties), ...mutual(properties), ...addressing(properties) },
        { ...membersOf(desired), ...mutual(desired), ...addressing(desired) },
      ),
    ];
    const made = await ctx.call("apigateway", "UpdateDomainName", { domainName: physicalId, patchOperations });
    await retag(ctx, `/domainnames/${physicalId}`, properties.Tags, desired.Tags);
    return { physicalId, attributes: attributesOf(made) };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("apigateway", "DeleteDomainName", { domainName: physicalId }));
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-basepathmapping.html */
interface BasePathMappingProperties {
  readonly DomainName: string;
  readonly BasePath?: string;
  readonly RestApiId?: string;
  readonly Stage?: string;
}

export const basePathMappingType = defineResourceType<BasePathMappingProperties>({
  name: "AWS::ApiGateway::BasePathMapping",
  read: readBasePathMapping,
  withoutEffect: { Id: "a mapping is known by its domain and path" },
  create: async (ctx, { DomainName, BasePath, RestApiId, Stage }) => {
    const input = { domainName: DomainName, basePath: BasePath, restApiId: RestApiId, stage: Stage };
    await ctx.call("apigateway", "CreateBasePathMapping", input);
    return { physicalId: `${DomainName}|${BasePath ?? ""}`, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const membersOf = ({ RestApiId, Stage }: BasePathMappingProperties) => ({ restapiId: RestApiId, stage: Stage });
    const patchOperations = memberPatches(membersOf(properties), membersOf(desired));
    const { DomainName, BasePath = "(none)" } = desired;
    const input = { domainName: DomainName, basePath: BasePath, patchOperations };
    if (patchOperations.length > 0) await ctx.call("apigateway", "UpdateBasePathMapping", input);
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties: { DomainName, BasePath = "(none)" } }) => {
    const input = { domainName: DomainName, basePath: BasePath };
    await orGone(ctx.call("apigateway", "DeleteBasePathMapping", input));
  },
});
