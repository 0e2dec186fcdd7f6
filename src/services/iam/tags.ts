import { invalidInput, limitExceeded } from "./errors.ts";
import { MAX_TAGS } from "./limits.ts";
import type { MadeFor, TagRecord } from "./records.ts";

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The tags of a request as records. AWS: keys are told apart without regard to case. */
export const tagsOf = (tags: readonly Tag[] | undefined): readonly TagRecord[] => {
  const records = (tags ?? []).map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));
  if (new Set(records.map(({ key }) => key.toLowerCase())).size < records.length) {
    throw invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  const own = records.filter(({ key }) => !STACK_TAGS.includes(key));
  if (own.some(({ key }) => key.toLowerCase().startsWith("aws:"))) {
    throw invalidInput("Duplicate tag keys found or tag key with reserved prefix aws: used.");
  }
  return own;
};

const STACK_TAGS = ["aws:cloudformation:stack-id", "aws:cloudformation:logical-id", "aws:cloudformation:stack-name"];

/**
 * The resource of a stack that a request makes something for, by the tags stacks give. AWS: roles and users do not bear
 * them; kept apart, they tell a creation that was cut short which ones it has made.
 */
export const madeFor = (tags: readonly Tag[] | undefined): MadeFor => {
  const [stackId, logicalId] = STACK_TAGS.map((name) => tags?.find(({ Key }) => Key === name)?.Value);
  return stackId === undefined || logicalId === undefined ? {} : { madeFor: `${stackId} ${logicalId}` };
};

export const isMadeFor = (record: MadeFor, mark: MadeFor): boolean =>
  record.madeFor !== undefined && record.madeFor === mark.madeFor;

/** Tags with others added, which take the place of those with their keys. */
export const tagged = (tags: readonly TagRecord[], added: readonly Tag[]): readonly TagRecord[] => {
  const records = tagsOf(added);
  const taken = new Set(records.map(({ key }) => key.toLowerCase()));
  const merged = [...tags.filter(({ key }) => !taken.has(key.toLowerCase())), ...records];
  if (merged.length > MAX_TAGS) throw limitExceeded(`The number of tags has reached the maximum limit.`);
  return merged;
};

export const untagged = (tags: readonly TagRecord[], keys: readonly string[]): readonly TagRecord[] => {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return tags.filter(({ key }) => !gone.has(key.toLowerCase()));
};
