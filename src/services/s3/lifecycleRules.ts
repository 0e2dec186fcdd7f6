import { invalidArgument, invalidRequest, malformedXml } from "./errors.ts";
import type { LifecycleRule } from "./lifecycle.ts";
import type { Room } from "./room.ts";
import { checkTransitions, midnightOf } from "./transitionRules.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html */
const MAX_RULE_ID_CHARACTERS = 255;
/** Random characters of the id that a rule is given when it has none. */
const RULE_ID_LENGTH = 48;

/**
 * The rules of a lifecycle, each with an id. Throws what S3 says of those that are none.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export const checkedRules = ({ ids }: Pick<Room, "ids">, rules: readonly LifecycleRule[]): LifecycleRule[] => {
  checkForms(rules);
  for (const rule of rules) checkRule(rule);
  const named = rules.map((rule) => ({ ...rule, ID: rule.ID ?? ids.mixed(RULE_ID_LENGTH) }));
  const repeated = named.find(({ ID }, at) => named.findIndex((other) => other.ID === ID) !== at);
  if (repeated)
    throw invalidArgument("Rule ID must be unique. Found same ID for more than one rule", "ID", repeated.ID);
  return named;
};

/** AWS: rules with filters and rules of the older form, with a prefix alone, do not go together. */
const checkForms = (rules: readonly LifecycleRule[]): void => {
  const [first] = rules;
  const odd = rules.find(({ Filter }) => (Filter === undefined) !== (first?.Filter === undefined));
  if (odd?.Filter) throw invalidRequest("Filter element can only be used in Lifecycle V2.");
  if (odd?.Prefix !== undefined)
    throw invalidRequest(
      "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.",
    );
};

const checkRule = (rule: LifecycleRule): void => {
  if (rule.Status !== "Enabled" && rule.Status !== "Disabled") throw malformedXml();
  if (rule.ID !== undefined && rule.ID.length > MAX_RULE_ID_CHARACTERS)
    throw invalidArgument(`ID length should not exceed allowed limit of ${MAX_RULE_ID_CHARACTERS}`, "ID", rule.ID);
  checkFilter(rule);
  if (!ACTIONS.some((action) => rule[action] !== undefined))
    throw invalidRequest("At least one action needs to be specified in a rule");
  checkScope(rule);
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
  checkSizes({ ...Filter, ...Filter?.And });
};

/** AWS: up to 50 TB of what an object could not be. */
const MAX_FILTER_SIZE = 1_099_511_627_776_000;

interface Sizes {
  readonly ObjectSizeGreaterThan?: number | undefined;
  readonly ObjectSizeLessThan?: number | undefined;
}

const checkSizes = ({ ObjectSizeGreaterThan: above, ObjectSizeLessThan: below }: Sizes): void => {
  if (below !== undefined && (below < 1 || below > MAX_FILTER_SIZE))
    throw invalidRequest(`'ObjectSizeLessThan' should be between 1 and ${MAX_FILTER_SIZE}.`);
  if (above !== undefined && below !== undefined && above >= below)
    throw invalidRequest("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
};

/** AWS: what has neither tags nor a size of its own is chosen by neither. */
const checkScope = ({ Filter, Expiration, AbortIncompleteMultipartUpload }: LifecycleRule): void => {
  const chosen = { ...Filter, ...Filter?.And };
  const actions = [
    ...(AbortIncompleteMultipartUpload ? ["AbortIncompleteMultipartUpload"] : []),
    ...(Expiration?.ExpiredObjectDeleteMarker === undefined ? [] : ["ExpiredObjectDeleteMarker"]),
  ];
  for (const action of actions) {
    if (chosen.Tag || chosen.Tags?.length) throw invalidRequest(`${action} cannot be specified with Tags.`);
    if (chosen.ObjectSizeGreaterThan !== undefined || chosen.ObjectSizeLessThan !== undefined)
      throw invalidRequest(`${action} cannot be specified with Object Size.`);
  }
};

const checkExpiration = (expiration: LifecycleRule["Expiration"]): void => {
  if (!expiration) return;
  const { Date: date, Days, ExpiredObjectDeleteMarker } = expiration;
  if ([date, Days, ExpiredObjectDeleteMarker].filter((each) => each !== undefined).length !== 1) throw malformedXml();
  if (date) midnightOf(date);
};

/** AWS: how many newer versions are kept says nothing without the days. */
const checkNoncurrent = (expiration: LifecycleRule["NoncurrentVersionExpiration"]): void => {
  if (expiration && expiration.NoncurrentDays === undefined) throw malformedXml();
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
