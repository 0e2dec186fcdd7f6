import type { ReplicationDocument } from "../configurations.ts";
import type { TagRecord, VersionRecord } from "../records.ts";

export type ReplicationRule = NonNullable<ReplicationDocument["Rules"]>[number];

/**
 * The rules by which a version goes to other buckets, one for each of them.
 * AWS: where several send it to the same bucket, the one of the highest priority decides.
 */
export const rulesFor = ({ Rules = [] }: ReplicationDocument, version: VersionRecord): readonly ReplicationRule[] => {
  const chosen = new Map<string, ReplicationRule>();
  for (const rule of Rules) {
    if (rule.Status !== "Enabled" || !concerns(rule, version)) continue;
    const bucket = destinationOf(rule);
    const before = chosen.get(bucket);
    if (!before || (rule.Priority ?? 0) > (before.Priority ?? 0)) chosen.set(bucket, rule);
  }
  return [...chosen.values()].filter((rule) => version.kind === "object" || replicatesMarkers(rule));
};

/** The name of the bucket that a rule sends to. */
export const destinationOf = ({ Destination }: ReplicationRule): string =>
  (Destination?.Bucket ?? "").split(":").at(-1) ?? "";

/** Whether changes that users make of a replica go back to where it came from. */
export const syncsReplicas = ({ SourceSelectionCriteria }: ReplicationRule): boolean =>
  SourceSelectionCriteria?.ReplicaModifications?.Status === "Enabled";

const concerns = ({ Prefix, Filter, SourceSelectionCriteria }: ReplicationRule, version: VersionRecord): boolean => {
  const prefix = Filter?.And?.Prefix ?? Filter?.Prefix ?? Prefix ?? "";
  if (!version.key.startsWith(prefix)) return false;
  if (isExcluded(Filter?.And?.Not ?? Filter?.Not, version)) return false;
  const tags = [...(Filter?.And?.Tags ?? []), ...(Filter?.Tag ? [Filter.Tag] : [])];
  if (version.kind === "marker") return tags.length === 0;
  // AWS: what lies under a key of KMS goes only where a rule says so.
  const isWrapped = version.encryption.algorithm.startsWith("aws:kms");
  if (isWrapped && SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status !== "Enabled") return false;
  return tags.every((tag) => hasTag(version, tag));
};

type RuleFilter = NonNullable<ReplicationRule["Filter"]>;

const isExcluded = (not: RuleFilter["Not"], version: VersionRecord): boolean => {
  const prefixes = [...(not?.Prefix === undefined ? [] : [not.Prefix]), ...(not?.Or?.Prefixes ?? [])];
  const tags = [...(not?.Tag ? [not.Tag] : []), ...(not?.Or?.Tags ?? [])];
  return prefixes.some((prefix) => version.key.startsWith(prefix)) || tags.some((tag) => hasTag(version, tag));
};

const hasTag = (version: VersionRecord, { Key, Value }: NonNullable<RuleFilter["Tag"]>): boolean =>
  version.kind === "object" && version.tags.some(({ key, value }: TagRecord) => key === Key && value === Value);

/** AWS: rules of the older form, without a filter, take delete markers along; those of the newer do when they say so. */
const replicatesMarkers = ({ Filter, DeleteMarkerReplication }: ReplicationRule): boolean =>
  Filter === undefined || DeleteMarkerReplication?.Status === "Enabled";
