import type { LifecycleDocument } from "./configurations.ts";
import { midnightAfter } from "./daily.ts";
import type { ObjectRecord, TagRecord, VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

export type LifecycleRule = LifecycleDocument["Rules"][number];

/** A lifecycle as it was put: the store keeps its dates as text. */
export const lifecycleView = ({ Rules }: LifecycleDocument): Pick<LifecycleDocument, "Rules"> => ({
  Rules: Rules.map((rule) => ({
    ...rule,
    ...(rule.Expiration ? { Expiration: revived(rule.Expiration) } : {}),
    ...(rule.Transitions ? { Transitions: rule.Transitions.map(revived) } : {}),
  })),
});

const revived = <T extends { readonly Date?: Date | undefined }>(dated: T): T =>
  dated.Date === undefined ? dated : { ...dated, Date: new Date(dated.Date) };

/** The rule by which the newest version of a key is expired at `now`, if one is. */
export const expiringRule = (
  rules: readonly LifecycleRule[],
  version: VersionRecord,
  now: number,
): LifecycleRule | undefined => {
  if (version.kind !== "object") return undefined;
  return rules.find((rule) => now >= (expiryBy(rule, version) ?? Number.POSITIVE_INFINITY));
};

/** When a rule expires an object; undefined when it never does. */
const expiryBy = (rule: LifecycleRule, object: ObjectRecord): number | undefined => {
  const { Days, Date: date } = rule.Expiration ?? {};
  if (rule.Status !== "Enabled" || !concerns(rule, object)) return undefined;
  if (date !== undefined) return new Date(date).getTime();
  return Days === undefined ? undefined : midnightAfter(object.modifiedAt, Days);
};

/**
 * When the newest version of a key will expire, and by which rule, as its own member of an answer.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html
 */
export const expirationView = (
  { configurations }: Pick<Room, "configurations">,
  object: ObjectRecord,
): { readonly Expiration?: string } => {
  const rules = configurations.lifecycle.get(object.bucket)?.Rules ?? [];
  const [first] = rules
    .flatMap((rule) => {
      const at = expiryBy(rule, object);
      return at === undefined ? [] : [{ at, id: rule.ID ?? "" }];
    })
    .sort((one, other) => one.at - other.at);
  if (!first) return {};
  return { Expiration: `expiry-date="${new Date(first.at).toUTCString()}", rule-id="${encodeURIComponent(first.id)}"` };
};

/** Whether a rule removes an older version, which became one at `replacedAt`. */
export const expiresOlder = (
  rule: LifecycleRule,
  version: VersionRecord,
  replacedAt: number,
  newer: number,
  now: number,
) => {
  const { NoncurrentDays, NewerNoncurrentVersions = 0 } = rule.NoncurrentVersionExpiration ?? {};
  if (rule.Status !== "Enabled" || NoncurrentDays === undefined || newer < NewerNoncurrentVersions) return false;
  return concerns(rule, version) && now >= midnightAfter(replacedAt, NoncurrentDays);
};

/** Whether an upload that was begun and left is given up. */
export const abandons = (rule: LifecycleRule, key: string, initiatedAt: number, now: number): boolean => {
  const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
  const prefix = rule.Filter?.And?.Prefix ?? rule.Filter?.Prefix ?? rule.Prefix ?? "";
  return (
    rule.Status === "Enabled" && days !== undefined && key.startsWith(prefix) && now >= midnightAfter(initiatedAt, days)
  );
};

const concerns = ({ Filter, Prefix }: LifecycleRule, version: VersionRecord): boolean => {
  const and = Filter?.And;
  const prefix = and?.Prefix ?? Filter?.Prefix ?? Prefix ?? "";
  if (!version.key.startsWith(prefix)) return false;
  const tags = [...(and?.Tags ?? []), ...(Filter?.Tag ? [Filter.Tag] : [])];
  const above = and?.ObjectSizeGreaterThan ?? Filter?.ObjectSizeGreaterThan;
  const below = and?.ObjectSizeLessThan ?? Filter?.ObjectSizeLessThan;
  if (version.kind === "marker") return tags.length === 0 && above === undefined && below === undefined;
  return (
    hasTags(version, tags) &&
    (above === undefined || version.size > above) &&
    (below === undefined || version.size < below)
  );
};

const hasTags = (
  { tags }: ObjectRecord,
  wanted: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
) => wanted.every(({ Key, Value }) => tags.some(({ key, value }: TagRecord) => key === Key && value === Value));
