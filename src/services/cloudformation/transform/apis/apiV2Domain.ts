import { CfnResource } from "../cfnResource.ts";
import type { Context } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { hashedId } from "../ids.ts";
import { getAtt, ref } from "../intrinsics.ts";
import { shownNames } from "../values/text.ts";
import { Dict, isDict, isText, literal, textOf, truthy, type Value } from "../values/value.ts";
import { mutualTls, unknownTlsFields } from "./mutualTls.ts";
import { recordSetGroup } from "./route53.ts";

export interface V2DomainSpec {
  readonly apiId: string;
  readonly domain: Value;
  readonly attributes: Dict;
  /** The tag by which SAM marks what it makes for this kind of API. */
  readonly markTag: string;
}

/** The custom domain of an HTTP or WebSocket API, its mappings and records. */
export const v2DomainResources = (spec: V2DomainSpec, context: Context): CfnResource[] => {
  const { domain, apiId, attributes } = spec;
  if (!isDict(domain)) return [];
  const name = domain.get("DomainName");
  const certificate = domain.get("CertificateArn");
  if (name === null || certificate === null) {
    throw new InvalidResource(apiId, "Custom Domains only works if both DomainName and CertificateArn are provided.");
  }
  const id = hashedId("ApiGatewayDomainNameV2", name);
  const resource = new CfnResource("AWS::ApiGatewayV2::DomainName", id, attributes, {
    DomainName: name,
    Tags: Dict.plain({ [spec.markTag]: literal("SAM") }),
    DomainNameConfigurations: [configuration(apiId, domain, certificate)],
    MutualTlsAuthentication: tlsOf(apiId, domain.get("MutualTlsAuthentication")),
  });
  const alias = () => ({
    hostedZoneId: getAtt(id, "RegionalHostedZoneId"),
    dnsName: getAtt(id, "RegionalDomainName"),
  });
  const mappings = apiMappings(spec, domain, id);
  const records = recordSetGroup(
    domain.get("Route53"),
    { apiId, domainName: name, attributes, alias, separable: false },
    context,
  );
  return [resource, ...mappings, ...(records ? [records] : [])];
};

const configuration = (apiId: string, domain: Dict, certificate: Value): Dict => {
  const endpoint = domain.get("EndpointConfiguration") ?? "REGIONAL";
  if (textOf(endpoint) !== "REGIONAL") {
    throw new InvalidResource(
      apiId,
      `EndpointConfiguration for Custom Domains must be one of ${shownNames(["REGIONAL"])}.`,
    );
  }
  const config = Dict.plain({ CertificateArn: certificate, EndpointType: endpoint });
  for (const name of ["OwnershipVerificationCertificateArn", "SecurityPolicy"]) {
    if (truthy(domain.get(name))) config.put(name, domain.get(name));
  }
  return config;
};

const tlsOf = (apiId: string, tls: Value): Value => {
  if (!truthy(tls)) return null;
  const fields = shownNames(["TruststoreUri", "TruststoreVersion"]);
  if (!isDict(tls)) {
    throw new InvalidResource(
      apiId,
      `MutualTlsAuthentication must be a map with at least one of the following fields ${fields}.`,
    );
  }
  const unknown = unknownTlsFields(tls);
  // AWS: the finding is filed under the names of the unknown fields.
  if (unknown.length > 0) {
    throw new InvalidResource(unknown.join(","), `Available MutualTlsAuthentication fields are ${fields}.`);
  }
  return mutualTls(tls);
};

const apiMappings = ({ apiId, attributes }: V2DomainSpec, domain: Dict, domainId: string): CfnResource[] => {
  const mapping = (idPart: string, key: Value): CfnResource =>
    new CfnResource("AWS::ApiGatewayV2::ApiMapping", `${apiId}${idPart}ApiMapping`, attributes, {
      DomainName: ref(domainId),
      ApiId: ref(apiId),
      Stage: ref(`${apiId}.Stage`),
      ApiMappingKey: key,
    });
  const given = domain.get("BasePath");
  const list = isText(given) ? [given] : given;
  if (!truthy(given) || !Array.isArray(list)) return [mapping("", null)];
  return list.map((entry) => {
    const path = textOf(entry);
    if (path === undefined) throw new InvalidResource(apiId, "Basepath must be a string.");
    if (/[^0-9a-zA-Z/\-_]+/.test(path)) throw new InvalidResource(apiId, "Invalid Basepath name provided.");
    return mapping(path.replace(/[-_/]+/g, ""), path.replace(/^\/+|\/+$/g, ""));
  });
};
