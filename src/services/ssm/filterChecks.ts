import { InvalidFilterKey, InvalidFilterOption, InvalidFilterValue } from "@aws-sdk/client-ssm";
import { validation } from "./errors.ts";
import type { ParameterFilter } from "./filters.ts";
import { checkPath } from "./names.ts";

const $metadata = {};

/** What an operation can be filtered by. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
interface Filterable {
  readonly keys: ReadonlySet<string>;
  readonly takesTags: boolean;
  /** The keys as AWS names them when another is asked for. */
  readonly named: string;
}

export const DESCRIBED: Filterable = {
  keys: new Set(["Path", "Name", "Type", "KeyId", "Tier", "DataType"]),
  takesTags: true,
  named: "Path, Name, Type, KeyId, Tier",
};

export const BY_PATH: Filterable = {
  keys: new Set(["Type", "KeyId", "Label"]),
  takesTags: false,
  named: "Type, KeyId",
};

/** Refuses filters that mean nothing, one after the other. */
export const checkFilters = (filters: readonly ParameterFilter[], filterable: Filterable): void => {
  for (const filter of filters) checkKey(filter, filterable);
  const keys = new Set<string>();
  for (const { Key } of filters) {
    if (keys.has(Key)) throw invalidKey(`${DUPLICATE_OF}: ${Key}. ${ONCE}`);
    keys.add(Key);
  }
  for (const filter of filters) checkValues(filter);
};

const DUPLICATE_OF = "The following filter is duplicated in the request";
const ONCE = "A request can contain only one occurrence of a specific filter.";

const checkKey = ({ Key, Values = [] }: ParameterFilter, { keys, takesTags, named }: Filterable): void => {
  // AWS: a tag's key alone asks only that the tag is there.
  if (Key.startsWith("tag:") && takesTags) return;
  if (!keys.has(Key))
    throw invalidKey(`The following filter key is not valid: ${Key}. Valid filter keys include: [${named}].`);
  if (Values.length === 0) throw invalidValue(`The following filter values are missing : null for filter key ${Key}`);
};

const VALUES: Readonly<Record<string, readonly string[] | undefined>> = {
  Tier: ["Standard", "Advanced", "Intelligent-Tiering"],
  Type: ["String", "StringList", "SecureString"],
};

const checkValues = ({ Key, Option, Values = [] }: ParameterFilter): void => {
  if (Key === "Path") Values.forEach(checkFilterPath);
  const options = optionsOf(Key);
  if (Option !== undefined && !options.allowed.includes(Option))
    throw invalidOption(
      `The following filter option is not valid: ${Option}. Valid options include: [${options.named}].`,
    );
  const known = Object.hasOwn(VALUES, Key) ? VALUES[Key] : undefined;
  const other = Values.find((value) => known && !known.includes(value));
  if (known && other !== undefined)
    throw invalidValue(
      `The following filter value is not valid: ${other}. Valid values include: [${known.join(", ")}].`,
    );
};

/** Everybody's parameters are below `/aws/service`; nobody has any at the other places of that kind. */
const RESERVED = /^\/(?:ssm|aws(?!\/service(?:\/|$)))/i;

const checkFilterPath = (path: string): void => {
  if (RESERVED.test(path))
    throw validation(
      'Filters for common parameters can\'t be prefixed with "aws" or "ssm" (case-insensitive). When using global parameters, please specify within a global namespace.',
    );
  checkPath(path);
};

const optionsOf = (key: string): { readonly allowed: readonly string[]; readonly named: string } => {
  switch (key) {
    case "Path":
      return { allowed: ["Recursive", "OneLevel"], named: "Recursive, OneLevel" };
    case "Name":
      // AWS: one more than it names.
      return { allowed: ["BeginsWith", "Equals", "Contains"], named: "BeginsWith, Equals" };
    case "Label":
      return { allowed: ["Equals"], named: "Equals" };
    default:
      return { allowed: ["BeginsWith", "Equals"], named: "BeginsWith, Equals" };
  }
};

const invalidKey = (message: string) => new InvalidFilterKey({ message, $metadata });

const invalidOption = (message: string) => new InvalidFilterOption({ message, $metadata });

const invalidValue = (message: string) => new InvalidFilterValue({ message, $metadata });
