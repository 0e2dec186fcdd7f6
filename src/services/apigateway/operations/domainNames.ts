import { NotImplemented } from "../../../kernel/errors.ts";
import { domainsOf, domainView, found, keptMode } from "../domains.ts";
import { badRequest } from "../errors.ts";
import { page } from "../paging.ts";
import { patched } from "../patch.ts";
import type { Operation, Room } from "../room.ts";

export const createDomainName =
  (room: Room): Operation<"CreateDomainName"> =>
  async (_ctx, input) => {
    const { domainName, mutualTlsAuthentication: mutual, endpointConfiguration = {}, tags, routingMode } = input;
    if (input.certificateBody !== undefined) throw new NotImplemented("apigateway's uploaded certificates of domains");
    const { types: [type = "EDGE"] = [], ipAddressType } = endpointConfiguration;
    const isEdge = type === "EDGE";
    if (type === "PRIVATE") throw new NotImplemented("apigateway's private custom domains");
    const certificate = isEdge ? input.certificateArn : input.regionalCertificateArn;
    const domain = await domainsOf(room)("apigatewayv2", "CreateDomainName", {
      DomainName: domainName,
      DomainNameConfigurations: [
        {
          EndpointType: type,
          CertificateArn: certificate,
          CertificateName: isEdge ? input.certificateName : input.regionalCertificateName,
          SecurityPolicy: checkedPolicy(input.securityPolicy),
          IpAddressType: ipAddressType,
          OwnershipVerificationCertificateArn: input.ownershipVerificationCertificateArn,
        },
      ],
      MutualTlsAuthentication: mutual && {
        TruststoreUri: mutual.truststoreUri,
        TruststoreVersion: mutual.truststoreVersion,
      },
      RoutingMode: keptMode(routingMode),
      Tags: tags,
    });
    return domainView(domain);
  };

const checkedPolicy = (policy: string | undefined): "TLS_1_0" | "TLS_1_2" | undefined => {
  if (policy === undefined || policy === "TLS_1_0" || policy === "TLS_1_2") return policy;
  throw new NotImplemented(`apigateway's security policy ${policy} of domains`);
};

export const getDomainName =
  (room: Room): Operation<"GetDomainName"> =>
  async (_ctx, { domainName }) =>
    domainView(await domainIn(room, domainName));

export const getDomainNames =
  (room: Room): Operation<"GetDomainNames"> =>
  async (_ctx, input) => {
    const { Items = [] } = await domainsOf(room)("apigatewayv2", "GetDomainNames", {});
    const { items, ...next } = page(Items, input);
    return { items: items.map(domainView), ...next };
  };

/** AWS: what of a domain may be patched. */
const SHAPE = {
  certificateName: "text",
  certificateArn: "text",
  regionalCertificateName: "text",
  regionalCertificateArn: "text",
  ownershipVerificationCertificateArn: "text",
  securityPolicy: "text",
  routingMode: "text",
  endpointConfiguration: { types: "choice", ipAddressType: "text" },
  mutualTlsAuthentication: { truststoreUri: "text", truststoreVersion: "text" },
} as const;

export const updateDomainName =
  (room: Room): Operation<"UpdateDomainName"> =>
  async (_ctx, { domainName, patchOperations }) => {
    const after = patched(domainView(await domainIn(room, domainName)), patchOperations, SHAPE);
    const { types: [type = "EDGE"] = [], ipAddressType } = after.endpointConfiguration;
    const { mutualTlsAuthentication: mutual } = after;
    const isEdge = type === "EDGE";
    const given = { ...EMPTY, ...after };
    const domain = await domainsOf(room)("apigatewayv2", "UpdateDomainName", {
      DomainName: domainName,
      DomainNameConfigurations: [
        {
          EndpointType: type,
          CertificateArn: isEdge ? given.certificateArn : given.regionalCertificateArn,
          CertificateName: isEdge ? given.certificateName : given.regionalCertificateName,
          SecurityPolicy: checkedPolicy(after.securityPolicy),
          IpAddressType: ipAddressType,
          OwnershipVerificationCertificateArn: after.ownershipVerificationCertificateArn,
        },
      ],
      // AWS: an empty address turns mutual TLS off.
      MutualTlsAuthentication: mutual && {
        TruststoreUri: mutual.truststoreUri,
        TruststoreVersion: mutual.truststoreVersion,
      },
      RoutingMode: keptMode(after.routingMode),
    });
    return domainView(domain);
  };

/** Members that only the domains of one kind have. */
const EMPTY: {
  readonly certificateArn?: string | undefined;
  readonly certificateName?: string | undefined;
  readonly regionalCertificateArn?: string | undefined;
  readonly regionalCertificateName?: string | undefined;
} = {};

export const deleteDomainName =
  (room: Room): Operation<"DeleteDomainName"> =>
  async (_ctx, { domainName }) => {
    await found(domainsOf(room)("apigatewayv2", "DeleteDomainName", { DomainName: domainName }), "domain name");
    return {};
  };

export const domainIn = (room: Room, domainName: string) => {
  if (domainName === "") throw badRequest("Domain name cannot be empty");
  return found(domainsOf(room)("apigatewayv2", "GetDomainName", { DomainName: domainName }), "domain name");
};
