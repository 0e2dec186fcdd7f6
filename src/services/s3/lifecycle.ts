import type { LifecycleDocument } from "./configurations.ts";
import { midnightAfter } from "./midnight.ts";
import type { ObjectRecord, TagRecord, UploadRecord, VersionRecord } from "./records.ts";
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

/** Whether the newest version of a key has expired. */
export const isExpired = (rules: readonly LifecycleRule[], version: VersionRecord, now: number): boolean =>
  rules.some((rule) => now >= (expiryBy(rule, version) ?? Number.POSITIVE_INFINITY));

/** Whether a rule removes delete markers that nothing is left behind. */
export const clearsMarker = (rule: LifecycleRule, marker: VersionRecord): boolean =>
  isActive(rule) && rule.Expiration?.ExpiredObjectDeleteMarker === true && concerns(rule, marker);

/** When a rule expires the newest version of a key; undefined when it never does. */
const expiryBy = (rule: LifecycleRule, version: VersionRecord): number | undefined => {
  const { Days, Date: date } = rule.Expiration ?? {};
  if (!isActive(rule) || !concerns(rule, version)) return undefined;
  if (date !== undefined) return new Date(date).getTime();
  return Days === undefined ? undefined : midnightAfter(version.modifiedAt, Days);
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
  return { Expiration: `expiry-date="${new Date(first.at).toUTCString()}", rule-id="${headerText(first.id)}"` };
};

/** AWS: an id stands in headers as it is, spaces and all. Differs: what no header carries is percent-encoded. */
const headerText = (id: string): string => id.replace(/[^\x20-\x7e]+/gu, encodeURIComponent);

/** When an upload will be given up, and by which rule, as its own members of an answer. */
export const abortView = (
  { configurations }: Pick<Room, "configurations">,
  { bucket, key, initiatedAt }: Pick<UploadRecord, "bucket" | "key" | "initiatedAt">,
): { readonly AbortDate?: Date; readonly AbortRuleId?: string } => {
  const rules = configurations.lifecycle.get(bucket)?.Rules ?? [];
  const [first] = rules
    .flatMap((rule) => {
      const at = abandonedAt(rule, key, initiatedAt);
      return at === undefined ? [] : [{ at, id: rule.ID ?? "" }];
    })
    .sort((one, other) => one.at - other.at);
  return first ? { AbortDate: new Date(first.at), AbortRuleId: headerText(first.id) } : {};
};

/** Since when a version is not its key's newest any more, and how many came after it. */
export interface Age {
  readonly replacedAt: number;
  readonly newer: number;
}

/** Whether a rule removes an older version. */
export const expiresOlder = (
  rule: LifecycleRule,
  version: VersionRecord,
  { replacedAt, newer }: Age,
  now: number,
): boolean => {
  const { NoncurrentDays, NewerNoncurrentVersions = 0 } = rule.NoncurrentVersionExpiration ?? {};
  if (!isActive(rule) || NoncurrentDays === undefined || newer < NewerNoncurrentVersions) return false;
  return concerns(rule, version) && now >= midnightAfter(replacedAt, NoncurrentDays);
};

/** When a rule gives up an upload that was begun and left; undefined when it never does. */
export const abandonedAt = (rule: LifecycleRule, key: string, initiatedAt: number): number | undefined => {
  const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
  if (!isActive(rule) || days === undefined || !key.startsWith(filterPrefix(rule))) return undefined;
  return midnightAfter(initiatedAt, days);
};

export const isActive = ({ Status }: LifecycleRule): boolean => Status === "Enabled";

/** How the keys begin that a rule concerns. */
export const filterPrefix = ({ Filter, Prefix }: LifecycleRule): string =>
  Filter?.And?.Prefix ?? Filter?.Prefix ?? Prefix ?? "";

/** Whether a rule's filter chooses a version. */
export const concerns = (rule: LifecycleRule, version: VersionRecord): boolean => {
  if (!version.key.startsWith(filterPrefix(rule))) return false;
  const { Filter } = rule;
  const and = Filter?.And;
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
