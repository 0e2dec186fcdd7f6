import { plain, type ResourceReader, tagMap, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";
import { attributesOf } from "./domainAttributes.ts";

const GONE = "NotFoundException";

/** A domain as it is now. What API Gateway adds to its configurations is no part of them. */
export const readDomainName: ResourceReader = async (ctx, DomainName) => {
  const found = await unlessMissing(ctx.call("apigatewayv2", "GetDomainName", { DomainName }), GONE);
  if (!found) return undefined;
  const { MutualTlsAuthentication: mutual, RoutingMode, DomainNameConfigurations = [], Tags } = found;
  const properties = plain({
    DomainName,
    DomainNameConfigurations: DomainNameConfigurations.map(({ CertificateArn, CertificateName, ...rest }) => {
      const { EndpointType, IpAddressType, OwnershipVerificationCertificateArn, SecurityPolicy } = rest;
      const given = { CertificateArn, CertificateName, EndpointType, IpAddressType, SecurityPolicy };
      return { ...given, OwnershipVerificationCertificateArn };
    }),
    MutualTlsAuthentication: mutual && {
      TruststoreUri: mutual.TruststoreUri,
      TruststoreVersion: mutual.TruststoreVersion,
    },
    RoutingMode,
    Tags: tagMap(Tags),
  });
  return { physicalId: DomainName, attributes: attributesOf(found), properties, unread: [] };
};

/** What a domain leads to: the template says of which domain. */
export const readApiMapping: ResourceReader = async (ctx, ApiMappingId, given) => {
  const DomainName = textOf(given, "DomainName");
  if (DomainName === undefined) return undefined;
  const found = await unlessMissing(ctx.call("apigatewayv2", "GetApiMapping", { DomainName, ApiMappingId }), GONE);
  const properties = found && plain({ ...found, DomainName });
  return properties && { physicalId: ApiMappingId, attributes: { ApiMappingId }, properties, unread: [] };
};
