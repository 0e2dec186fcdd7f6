import { capitalized, plain, type ResourceReader, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import { attributesOf } from "./domainAttributes.ts";

const GONE = "NotFoundException";

/** A domain as it is now. */
export const readDomainName: ResourceReader = async (ctx, domainName) => {
  const found = await unlessMissing(ctx.call("apigateway", "GetDomainName", { domainName }), GONE);
  if (!found) return undefined;
  const { certificateArn, regionalCertificateArn, ownershipVerificationCertificateArn, securityPolicy } = found;
  const { routingMode, endpointConfiguration, mutualTlsAuthentication: mutual, tags } = found;
  const properties = capitalized({
    ...{ domainName, certificateArn, regionalCertificateArn, ownershipVerificationCertificateArn },
    ...{ securityPolicy, routingMode },
    endpointConfiguration: endpointConfiguration && {
      types: endpointConfiguration.types,
      ipAddressType: endpointConfiguration.ipAddressType,
    },
    mutualTlsAuthentication: mutual && {
      truststoreUri: mutual.truststoreUri,
      truststoreVersion: mutual.truststoreVersion,
    },
    tags: tagList(tags),
  });
  return { physicalId: domainName, attributes: attributesOf(found), properties, unread: ["EndpointAccessMode"] };
};

/** One path of a domain, and where it leads. */
export const readBasePathMapping: ResourceReader = async (ctx, physicalId) => {
  const [domainName = "", path = ""] = physicalId.split("|");
  const basePath = path === "" ? "(none)" : path;
  const found = await unlessMissing(ctx.call("apigateway", "GetBasePathMapping", { domainName, basePath }), GONE);
  if (!found) return undefined;
  const properties = plain({
    DomainName: domainName,
    BasePath: path === "" ? undefined : found.basePath,
    RestApiId: found.restApiId,
    Stage: found.stage,
  });
  return { physicalId, attributes: {}, properties, unread: ["Id"] };
};
