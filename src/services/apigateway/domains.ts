import type { CallOutputs } from "../../kernel/aws.ts";
import type { Call } from "../../kernel/context.ts";
import { errorCode } from "../../kernel/errors.ts";
import { rootOf } from "../../kernel/principal.ts";
import { notFound, type Part } from "./errors.ts";
import type { Room } from "./room.ts";

/**
 * Custom domains are one thing in AWS, whichever of API Gateway's two APIs made them. They are kept by that of HTTP APIs, and
 * asked for there in the account's own name: who asks here was allowed to by then.
 */
export const domainsOf = (room: Room): Call => room.contextAs(rootOf(room.account, room.partition)).call;

/** What there says that something is missing, says it here in this API's words. */
export const found = async <T>(call: Promise<T>, what: Part): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    throw errorCode(error) === "NotFoundException" ? notFound(what) : error;
  }
};

/** What the API of HTTP APIs answers of a domain, and of one mapping. */
export type KeptDomain = CallOutputs["apigatewayv2"]["GetDomainName"];
export type KeptMapping = CallOutputs["apigatewayv2"]["GetApiMapping"];

type RoutingMode = "BASE_PATH_MAPPING_ONLY" | "ROUTING_RULE_ONLY" | "ROUTING_RULE_THEN_BASE_PATH_MAPPING";

/** The two APIs name mappings otherwise. */
const shownMode = (mode: KeptDomain["RoutingMode"]): RoutingMode | undefined => {
  if (mode === "API_MAPPING_ONLY") return "BASE_PATH_MAPPING_ONLY";
  return mode === "ROUTING_RULE_THEN_API_MAPPING" ? "ROUTING_RULE_THEN_BASE_PATH_MAPPING" : mode;
};

export const keptMode = (mode: RoutingMode | undefined): KeptDomain["RoutingMode"] => {
  if (mode === "BASE_PATH_MAPPING_ONLY") return "API_MAPPING_ONLY";
  return mode === "ROUTING_RULE_THEN_BASE_PATH_MAPPING" ? "ROUTING_RULE_THEN_API_MAPPING" : mode;
};

/** A domain as this API shows it: what an edge-optimized one calls its distribution is a regional one's own name. */
export const domainView = (domain: KeptDomain) => {
  const [configuration = {}] = domain.DomainNameConfigurations ?? [];
  const {
    EndpointType = "REGIONAL",
    CertificateArn,
    CertificateName,
    ApiGatewayDomainName,
    HostedZoneId,
  } = configuration;
  const isEdge = EndpointType === "EDGE";
  return {
    domainName: domain.DomainName,
    domainNameArn: domain.DomainNameArn,
    ...(isEdge
      ? {
          certificateArn: CertificateArn,
          certificateName: CertificateName,
          certificateUploadDate: configuration.CertificateUploadDate,
          distributionDomainName: ApiGatewayDomainName,
          distributionHostedZoneId: HostedZoneId,
        }
      : {
          regionalCertificateArn: CertificateArn,
          regionalCertificateName: CertificateName,
          regionalDomainName: ApiGatewayDomainName,
          regionalHostedZoneId: HostedZoneId,
        }),
    endpointConfiguration: { types: [EndpointType], ipAddressType: configuration.IpAddressType },
    domainNameStatus: configuration.DomainNameStatus,
    securityPolicy: configuration.SecurityPolicy,
    ownershipVerificationCertificateArn: configuration.OwnershipVerificationCertificateArn,
    routingMode: shownMode(domain.RoutingMode),
    ...mutualTls(domain),
    tags: { ...domain.Tags },
  };
};

const mutualTls = ({ MutualTlsAuthentication: given }: KeptDomain) =>
  given
    ? {
        mutualTlsAuthentication: {
          truststoreUri: given.TruststoreUri,
          truststoreVersion: given.TruststoreVersion,
          ...(given.TruststoreWarnings ? { truststoreWarnings: [...given.TruststoreWarnings] } : {}),
        },
      }
    : {};
