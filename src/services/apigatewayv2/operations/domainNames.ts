import type { DomainNameConfiguration, MutualTlsAuthenticationInput } from "@aws-sdk/client-apigatewayv2";
import { badRequest, conflict } from "../errors.ts";
import { findDomain } from "../find.ts";
import { page } from "../paging.ts";
import type { DomainNameRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lowered, raised } from "../spelling.ts";

const REGIONAL_ID_LENGTH = 10;
const ZONE_ID_LENGTH = 13;
const DISTRIBUTION_ID_LENGTH = 13;
/** AWS: the one zone of all distributions. */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

export const createDomainName =
  (room: Room): Operation<"CreateDomainName"> =>
  async (_ctx, { DomainName, DomainNameConfigurations = [], MutualTlsAuthentication, ...input }) => {
    if (MutualTlsAuthentication) checkTruststore(MutualTlsAuthentication);
    if (!/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(DomainName)) {
      throw badRequest("The domain name must be a lower case fully qualified domain name");
    }
    if (room.domainNames.has(DomainName)) throw conflict("The domain name you provided already exists.");
    const domain: DomainNameRecord = {
      ...lowered(input),
      domainName: DomainName,
      domainNameArn: `arn:${room.partition}:apigateway:${room.region}::/domainnames/${DomainName}`,
      apiMappingSelectionExpression: "$request.basepath",
      routingMode: input.RoutingMode ?? "API_MAPPING_ONLY",
      domainNameConfigurations: configured(room, DomainNameConfigurations),
      ...(MutualTlsAuthentication?.TruststoreUri ? { mutualTlsAuthentication: MutualTlsAuthentication } : {}),
    };
    room.domainNames.put(DomainName, domain);
    return raised(domain);
  };

/** AWS gives each configuration a name of its own, which the domain's DNS record is to point at. */
const configured = (
  room: Room,
  given: readonly DomainNameConfiguration[],
  before?: DomainNameConfiguration,
): DomainNameConfiguration[] =>
  (given.length > 0 ? given : [{}]).map((one) => ({
    EndpointType: "REGIONAL",
    SecurityPolicy: "TLS_1_2",
    IpAddressType: "ipv4",
    ...present(one),
    DomainNameStatus: "AVAILABLE",
    ...(before && (before.EndpointType === "EDGE") === (one.EndpointType === "EDGE")
      ? { ApiGatewayDomainName: before.ApiGatewayDomainName, HostedZoneId: before.HostedZoneId }
      : addressOf(room, one)),
  }));

/** What of a configuration is given, so that nothing else loses its default. */
const present = (one: DomainNameConfiguration): DomainNameConfiguration =>
  Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined));

const addressOf = ({ ids, region }: Room, { EndpointType }: DomainNameConfiguration) =>
  EndpointType === "EDGE"
    ? { ApiGatewayDomainName: `d${ids.lower(DISTRIBUTION_ID_LENGTH)}.cloudfront.net`, HostedZoneId: CLOUDFRONT_ZONE }
    : {
        ApiGatewayDomainName: `d-${ids.lower(REGIONAL_ID_LENGTH)}.execute-api.${region}.amazonaws.com`,
        HostedZoneId: `Z${ids.upper(ZONE_ID_LENGTH)}`,
      };

export const getDomainName =
  (room: Room): Operation<"GetDomainName"> =>
  async (_ctx, { DomainName }) =>
    raised(findDomain(room, DomainName));

export const getDomainNames =
  (room: Room): Operation<"GetDomainNames"> =>
  async (_ctx, { NextToken, MaxResults }) => {
    const all = [...room.domainNames.range()].map(({ value }) => value);
    const { items, nextToken } = page(all, NextToken, MaxResults);
    return { Items: items.map(raised), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const updateDomainName =
  (room: Room): Operation<"UpdateDomainName"> =>
  async (_ctx, { DomainName, DomainNameConfigurations, MutualTlsAuthentication, RoutingMode }) => {
    if (MutualTlsAuthentication) checkTruststore(MutualTlsAuthentication);
    const { mutualTlsAuthentication, ...before } = findDomain(room, DomainName);
    // AWS: an empty address turns mutual TLS off.
    const mutual = { ...mutualTlsAuthentication, ...MutualTlsAuthentication };
    const [first] = before.domainNameConfigurations ?? [];
    const domain: DomainNameRecord = {
      ...before,
      ...(RoutingMode === undefined ? {} : { routingMode: RoutingMode }),
      ...(DomainNameConfigurations
        ? { domainNameConfigurations: configured(room, DomainNameConfigurations, first) }
        : {}),
      ...(mutual.TruststoreUri ? { mutualTlsAuthentication: mutual } : {}),
    };
    room.domainNames.put(DomainName, domain);
    return raised(domain);
  };

const checkTruststore = ({ TruststoreUri }: MutualTlsAuthenticationInput): void => {
  if (!TruststoreUri || /^s3:\/\/[^/]+\/.+$/.test(TruststoreUri)) return;
  throw badRequest("Truststore URI must be the address of an object: s3://bucket/key");
};

export const deleteDomainName =
  (room: Room): Operation<"DeleteDomainName"> =>
  async (_ctx, { DomainName }) => {
    findDomain(room, DomainName);
    room.records.atomically(() => {
      room.domainNames.delete(DomainName);
      room.apiMappings.clear({ prefix: [DomainName] });
    });
    return {};
  };
