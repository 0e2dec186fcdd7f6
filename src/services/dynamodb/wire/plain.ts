import { MAX_NESTING_LEVELS } from "../limits.ts";

/** Whether a parsed JSON value is plainly what a member of an input must be. */
export type Check = (value: unknown) => boolean;

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isBoolean: Check = (value) => typeof value === "boolean";

export const text =
  (min = 0, max = Number.POSITIVE_INFINITY): Check =>
  (value) =>
    typeof value === "string" && value.length >= min && value.length <= max;

export const integer =
  (min: number, max = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;

export const oneOf = (values: readonly string[]): Check => {
  const allowed = new Set<unknown>(values);
  return (value) => allowed.has(value);
};

/** A list of so many elements. */
export const listOf =
  (check: Check, min = 0, max = Number.POSITIVE_INFINITY): Check =>
  (value) =>
    Array.isArray(value) && value.length >= min && value.length <= max && value.every(check);

/** A map whose keys are no longer than `maxKey`, with so many entries. */
export const mapOf =
  (check: Check, { maxKey, minKey = 0, min = 0, max = Number.POSITIVE_INFINITY }: MapBounds): Check =>
  (value) => {
    if (!isObject(value)) return false;
    const keys = Object.keys(value);
    if (keys.length < min || keys.length > max) return false;
    return keys.every((key) => key.length >= minKey && key.length <= maxKey && check(value[key]));
  };

interface MapBounds {
  readonly maxKey: number;
  readonly minKey?: number;
  readonly min?: number;
  readonly max?: number;
}

/** A structure with these members and no others, all of the required ones among them. */
export const structure = (
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>>,
): Check => {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  const needed = Object.keys(required);
  return (value) => {
    if (!isObject(value)) return false;
    for (const name of Object.keys(value)) {
      const check = checks.get(name);
      if (!check?.(value[name])) return false;
    }
    return needed.every((name) => value[name] !== undefined);
  };
};

const MAX_NAME_LENGTH = 65_535;

/** Attributes by name, each of one type that the value has. */
export const attributes: Check = (value) => areAttributes(value, 1);

const areAttributes = (value: unknown, level: number): boolean => {
  if (!isObject(value)) return false;
  for (const name of Object.keys(value)) {
    if (name.length > MAX_NAME_LENGTH || !isAttributeAt(value[name], level)) return false;
  }
  return true;
};

const isAttributeAt = (value: unknown, level: number): boolean => {
  // Deeper ones are refused on the model's way, whatever they hold.
  if (!isObject(value) || level > MAX_NESTING_LEVELS) return false;
  const types = Object.keys(value);
  const [type] = types;
  return types.length === 1 && type !== undefined && isOfType(type, value[type], level);
};

const isOfType = (type: string, value: unknown, level: number): boolean => {
  switch (type) {
    case "S":
    case "N":
      return typeof value === "string";
    case "B":
      return isBase64(value);
    case "BOOL":
    case "NULL":
      return typeof value === "boolean";
    case "M":
      return areAttributes(value, level + 1);
    case "L":
      return Array.isArray(value) && value.every((element) => isAttributeAt(element, level + 1));
    case "SS":
    case "NS":
      return Array.isArray(value) && value.every((element) => typeof element === "string");
    case "BS":
      return Array.isArray(value) && value.every(isBase64);
    default:
      return false;
  }
};

/** The last character before padding has no bits that do not count. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;

const isBase64 = (value: unknown): boolean => typeof value === "string" && BASE64.test(value);
