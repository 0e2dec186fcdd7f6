import { invalidArgument, invalidRequest, malformedXml } from "./errors.ts";
import type { LifecycleRule } from "./lifecycle.ts";
import type { Room } from "./room.ts";

/** Random characters of the id that a rule is given when it has none. */
const RULE_ID_LENGTH = 48;

/**
 * The rules of a lifecycle, each with an id. Throws what S3 says of those that are none.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export const checkedRules = ({ ids }: Pick<Room, "ids">, rules: readonly LifecycleRule[]): LifecycleRule[] => {
  for (const rule of rules) checkRule(rule);
  const named = rules.map((rule) => ({ ...rule, ID: rule.ID ?? ids.mixed(RULE_ID_LENGTH) }));
  const repeated = named.find(({ ID }, at) => named.findIndex((other) => other.ID === ID) !== at);
  if (repeated)
    throw invalidArgument("Rule ID must be unique. Found same ID for more than one rule", "ID", repeated.ID);
  return named;
};

const checkRule = (rule: LifecycleRule): void => {
  if (rule.Status !== "Enabled" && rule.Status !== "Disabled") throw malformedXml();
  checkFilter(rule);
  if (!ACTIONS.some((action) => rule[action] !== undefined))
    throw invalidRequest("At least one action needs to be specified in a rule");
  checkExpiration(rule.Expiration);
  checkNoncurrent(rule.NoncurrentVersionExpiration);
  checkDays(rule);
  checkTransitions(rule);
};

const ACTIONS = [
  "Expiration",
  "Transitions",
  "NoncurrentVersionTransitions",
  "NoncurrentVersionExpiration",
  "AbortIncompleteMultipartUpload",
] as const;

/** AWS: a rule has a filter or, in the older form, a prefix; a filter that names more than one thing says so by `And`. */
const checkFilter = ({ Filter, Prefix }: LifecycleRule): void => {
  if (!Filter === (Prefix === undefined)) throw malformedXml();
  if (Filter && Object.values(Filter).filter((each) => each !== undefined).length > 1) throw malformedXml();
  const keys = (Filter?.And?.Tags ?? []).map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) throw invalidRequest("Duplicate Tag Keys are not allowed.");
};

const checkExpiration = (expiration: LifecycleRule["Expiration"]): void => {
  if (!expiration) return;
  const { Date: date, Days, ExpiredObjectDeleteMarker } = expiration;
  if ([date, Days, ExpiredObjectDeleteMarker].filter((each) => each !== undefined).length !== 1) throw malformedXml();
  if (date && date.toISOString().slice(11) !== "00:00:00.000Z")
    throw invalidArgument("'Date' must be at midnight GMT", "Date", date.toISOString());
};

const checkNoncurrent = (expiration: LifecycleRule["NoncurrentVersionExpiration"]): void => {
  if (expiration && expiration.NoncurrentDays === undefined && expiration.NewerNoncurrentVersions === undefined)
    throw malformedXml();
};

/** AWS: days are counted from one. */
const checkDays = (rule: LifecycleRule): void => {
  const days = {
    "'Days' for Expiration action": rule.Expiration?.Days,
    "'NoncurrentDays' for NoncurrentVersionExpiration action": rule.NoncurrentVersionExpiration?.NoncurrentDays,
    "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action":
      rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
  };
  for (const [name, value] of Object.entries(days)) {
    if (value !== undefined && value <= 0) throw invalidArgument(`${name} must be a positive integer`);
  }
};

/** AWS: objects may move on the day they come, but to classes for infrequent access after a month. */
const checkTransitions = ({ Transitions = [] }: LifecycleRule): void => {
  for (const { Days, StorageClass = "" } of Transitions) {
    if (Days === undefined) continue;
    if (Days < 0) throw invalidArgument("'Days' in Transition action must be nonnegative");
    if (Days < MIN_INFREQUENT_DAYS && StorageClass.endsWith("_IA"))
      throw invalidArgument(
        `'Days' in Transition action must be greater than or equal to ${MIN_INFREQUENT_DAYS} for storageClass '${StorageClass}'`,
      );
  }
};

const MIN_INFREQUENT_DAYS = 30;
