import { CfnResource } from "../cfnResource.ts";
import type { Context } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { expectBoolean, expectMap, resource as resourceSubject } from "../expect.ts";
import { hashedId } from "../ids.ts";
import { Dict, either, truthy, type Value } from "../values/value.ts";

/** Where a custom domain's records point. */
export interface AliasTarget {
  readonly hostedZoneId: Value;
  readonly dnsName: Value;
}

export interface RecordSpec {
  readonly apiId: string;
  readonly domainName: Value;
  readonly attributes: Dict;
  readonly alias: () => AliasTarget;
  /** Whether an API may ask for a group of its own (REST APIs). */
  readonly separable: boolean;
}

/** The records that `Domain.Route53` asks for; domains in one hosted zone share a group. */
export const recordSetGroup = (route53: Value, spec: RecordSpec, context: Context): CfnResource | undefined => {
  if (route53 === null) return undefined;
  const config = expectMap(route53, resourceSubject(spec.apiId), "Domain.Route53");
  const zone = config.get("HostedZoneId") ?? config.get("HostedZoneName");
  if (zone === null) {
    throw new InvalidResource(
      spec.apiId,
      "HostedZoneId or HostedZoneName is required to enable Route53 support on Custom Domains.",
    );
  }
  const named = either(config.get("HostedZoneId"), config.get("HostedZoneName"));
  const separate = spec.separable ? config.get("SeparateRecordSetGroup") : null;
  if (truthy(separate)) {
    expectBoolean(separate, resourceSubject(spec.apiId), "Domain.Route53.SeparateRecordSetGroup");
    const own = makeGroup(hashedId("RecordSetGroup", [named, spec.domainName]), config, spec);
    addRecords(own, config, spec);
    return own;
  }
  const logicalId = hashedId("RecordSetGroup", named);
  const group = context.recordSetGroups.get(logicalId) ?? makeGroup(logicalId, config, spec);
  context.recordSetGroups.set(logicalId, group);
  addRecords(group, config, spec);
  return group;
};

const makeGroup = (logicalId: string, config: Dict, spec: RecordSpec): CfnResource => {
  const byId = config.has("HostedZoneId");
  const both = spec.separable;
  return new CfnResource("AWS::Route53::RecordSetGroup", logicalId, spec.attributes, {
    HostedZoneId: config.get("HostedZoneId"),
    HostedZoneName: byId && !both ? null : config.get("HostedZoneName"),
    RecordSets: [],
  });
};

const addRecords = (group: CfnResource, config: Dict, spec: RecordSpec): void => {
  const known = group.get("RecordSets");
  const records = [recordSet("A", config, spec)];
  if (config.get("IpV6") === true) records.push(recordSet("AAAA", config, spec));
  group.set("RecordSets", [...(Array.isArray(known) ? known : []), ...records]);
};

const recordSet = (type: string, config: Dict, spec: RecordSpec): Dict => {
  const { hostedZoneId, dnsName } = spec.alias();
  const alias = Dict.plain();
  const health = config.get("EvaluateTargetHealth");
  if (health !== null) alias.put("EvaluateTargetHealth", health);
  alias.put("HostedZoneId", hostedZoneId);
  alias.put("DNSName", dnsName);
  const record = Dict.plain({ Name: spec.domainName, Type: type, AliasTarget: alias });
  for (const name of ["Region", "SetIdentifier"]) {
    if (config.get(name) !== null) record.put(name, config.get(name));
  }
  return record;
};
