import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import type { Context, SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { expectMap, expectPresent, expectStrings, resource as resourceSubject } from "../expect.ts";
import { hashedId } from "../ids.ts";
import { getAtt, ref } from "../intrinsics.ts";
import { shownNames } from "../values/text.ts";
import { Dict, isText, textOf, truthy, type Value } from "../values/value.ts";
import { mutualTls, unknownTlsFields } from "./mutualTls.ts";
import { type AliasTarget, recordSetGroup } from "./route53.ts";

const ENDPOINTS = ["EDGE", "REGIONAL", "PRIVATE"];
/** The hosted zone of CloudFront, which edge-optimised domains lie in. */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

/** The custom domain of a REST API, its mappings and records. The domain's own settings are completed in place. */
export const restDomainResources = (resource: SamResource, domain: Value, context: Context): CfnResource[] => {
  if (domain === null) return [];
  const subject = resourceSubject(resource.logicalId);
  const isPrivate = domain instanceof Dict && textOf(domain.get("EndpointConfiguration")) === "PRIVATE";
  const config = expectMap(domain, subject, "Domain");
  const name = expectPresent(config.get("DomainName"), subject, "Domain.DomainName");
  const certificate = expectPresent(config.get("CertificateArn"), subject, "Domain.CertificateArn");
  const spec: DomainSpec = {
    resource,
    config,
    name,
    certificate,
    isPrivate,
    attributes: passedOnAttributes(resource.attributes),
    id: hashedId(`ApiGatewayDomainName${isPrivate ? "V2" : ""}`, name),
  };
  const domainName = isPrivate ? privateDomain(spec) : publicDomain(spec);
  const mappings = basePathMappings(spec);
  const association = isPrivate ? accessAssociation(spec) : [];
  const records = recordSetGroup(config.get("Route53"), recordSpec(spec), context);
  return [domainName, ...mappings, ...(records ? [records] : []), ...association];
};

interface DomainSpec {
  readonly resource: SamResource;
  readonly config: Dict;
  readonly name: Value;
  readonly certificate: Value;
  readonly isPrivate: boolean;
  readonly attributes: Dict;
  readonly id: string;
}

const publicDomain = (spec: DomainSpec): CfnResource => {
  const { config, resource } = spec;
  config.put("ApiDomainName", spec.id);
  if (config.get("EndpointConfiguration") === null) config.put("EndpointConfiguration", "REGIONAL");
  const endpoint = config.get("EndpointConfiguration");
  if (!ENDPOINTS.includes(textOf(endpoint) ?? "")) {
    throw new InvalidResource(
      resource.logicalId,
      `EndpointConfiguration for Custom Domains must be one of ${shownNames(ENDPOINTS)}.`,
    );
  }
  const domain = new CfnResource("AWS::ApiGateway::DomainName", spec.id, spec.attributes, { DomainName: spec.name });
  domain.set(textOf(endpoint) === "REGIONAL" ? "RegionalCertificateArn" : "CertificateArn", spec.certificate);
  domain.set("EndpointConfiguration", endpointConfiguration(config));
  const tls = config.get("MutualTlsAuthentication");
  if (truthy(tls)) {
    const path = "Domain.MutualTlsAuthentication";
    const fields = expectMap(tls, resourceSubject(resource.logicalId), path);
    if (unknownTlsFields(fields).length > 0) {
      throw new InvalidResource(
        resource.logicalId,
        `Available ${path} fields are ${shownNames(["TruststoreUri", "TruststoreVersion"])}.`,
      );
    }
    domain.set("MutualTlsAuthentication", mutualTls(fields));
  }
  setOptional(domain, config, ["SecurityPolicy", "EndpointAccessMode", "OwnershipVerificationCertificateArn"]);
  return domain;
};

const privateDomain = ({ config, id, name, certificate, attributes }: DomainSpec): CfnResource => {
  const domain = new CfnResource("AWS::ApiGateway::DomainNameV2", id, attributes, {
    DomainName: name,
    CertificateArn: certificate,
    EndpointConfiguration: endpointConfiguration(config),
  });
  setOptional(domain, config, ["SecurityPolicy", "EndpointAccessMode", "Policy"]);
  return domain;
};

const OPTIONAL = ["SecurityPolicy", "EndpointAccessMode", "Policy", "OwnershipVerificationCertificateArn"];

const setOptional = (domain: CfnResource, config: Dict, names: readonly string[]): void => {
  for (const name of OPTIONAL) {
    if (!truthy(config.get(name))) continue;
    if (!names.includes(name)) {
      throw new InvalidResource(domain.logicalId, `property ${name} not defined for resource of type ${domain.type}`);
    }
    domain.set(name, config.get(name));
  }
};

const endpointConfiguration = (config: Dict): Dict => {
  const endpoint = Dict.plain({ Types: [config.get("EndpointConfiguration")] });
  if (truthy(config.get("IpAddressType"))) endpoint.put("IpAddressType", config.get("IpAddressType"));
  return endpoint;
};

const basePathMappings = (spec: DomainSpec): CfnResource[] => {
  const { config, resource } = spec;
  const given = config.get("BasePath");
  const list = isText(given) ? [given] : given;
  if (!truthy(given) || !Array.isArray(list)) return [basePathMapping(spec, "", null)];
  const normalize = config.has("NormalizeBasePath") ? truthy(config.get("NormalizeBasePath")) : true;
  return expectStrings(list, resourceSubject(resource.logicalId), "Domain.BasePath").map((path) => {
    const letters = path.replace(/[^\p{L}\p{N}]/gu, "");
    return basePathMapping(spec, letters, normalize ? letters : path);
  });
};

const basePathMapping = (spec: DomainSpec, idPart: string, basePath: Value): CfnResource => {
  const { resource, isPrivate, id } = spec;
  const type = `AWS::ApiGateway::BasePathMapping${isPrivate ? "V2" : ""}`;
  const logicalId = `${resource.logicalId}${idPart}BasePathMapping`;
  return new CfnResource(type, logicalId, spec.attributes, {
    [isPrivate ? "DomainNameArn" : "DomainName"]: ref(id),
    RestApiId: ref(resource.logicalId),
    Stage: ref(`${resource.logicalId}.Stage`),
    BasePath: basePath,
  });
};

const accessAssociation = ({ config, resource, id, attributes }: DomainSpec): CfnResource[] => {
  const association = config.get("AccessAssociation");
  if (association === null) return [];
  const endpoint = expectMap(association, resourceSubject(resource.logicalId), "Domain.AccessAssociation").get(
    "VpcEndpointId",
  );
  const logicalId = hashedId("DomainNameAccessAssociation", [endpoint, id]);
  return [
    new CfnResource("AWS::ApiGateway::DomainNameAccessAssociation", logicalId, attributes, {
      DomainNameArn: ref(id),
      AccessAssociationSourceType: "VPCE",
      AccessAssociationSource: endpoint,
    }),
  ];
};

const recordSpec = (spec: DomainSpec) => ({
  apiId: spec.resource.logicalId,
  domainName: spec.name,
  attributes: spec.attributes,
  alias: () => aliasTarget(spec),
  separable: true,
});

const aliasTarget = ({ config, id }: DomainSpec): AliasTarget => {
  const route53 = config.get("Route53");
  const given = (name: string): Value => (route53 instanceof Dict ? route53.get(name) : null);
  const endpoint = textOf(config.get("EndpointConfiguration"));
  if (endpoint === "REGIONAL") {
    return { hostedZoneId: getAtt(id, "RegionalHostedZoneId"), dnsName: getAtt(id, "RegionalDomainName") };
  }
  if (endpoint === "EDGE") {
    if (given("DistributionDomainName") === null && route53 instanceof Dict) {
      route53.put("DistributionDomainName", getAtt(id, "DistributionDomainName"));
    }
    return { hostedZoneId: CLOUDFRONT_ZONE, dnsName: given("DistributionDomainName") };
  }
  return { hostedZoneId: given("VpcEndpointHostedZoneId"), dnsName: given("VpcEndpointDomainName") };
};
