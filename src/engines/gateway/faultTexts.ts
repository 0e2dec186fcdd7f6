import type { ErrorObject } from "ajv";

/** What a validator found, in the words of the one that API Gateway has, where each fault of a schema is told once. */
export const faultTexts = (errors: readonly ErrorObject[]): readonly string[] => {
  const whole = errors.filter(({ schemaPath }) => !errors.some((one) => isBranch(one, schemaPath)));
  return [...new Set(whole.map((error) => textOf(error, whole)))];
};

/** Why the branches of a choice were not taken is not told, but that none was. */
const isBranch = ({ keyword, schemaPath }: ErrorObject, path: string): boolean =>
  (keyword === "anyOf" || keyword === "oneOf") && path.startsWith(`${schemaPath}/`);

const textOf = (error: ErrorObject, all: readonly ErrorObject[]): string =>
  TEXTS[error.keyword]?.(error, all) ?? `${error.instancePath || "object"} ${error.message}`;

const json = (value: unknown): string => JSON.stringify(value);
const sizeOf = (data: unknown): number => Object.keys(Object(data)).length;

/** What errors of one kind say of one value, in the order of the alphabet. */
const namedBy = (error: ErrorObject, all: readonly ErrorObject[], member: string): string =>
  json(
    all
      .filter((one) => one.keyword === error.keyword && one.instancePath === error.instancePath)
      .map(({ params }) => String(params[member]))
      .sort(),
  );

const TYPES: Readonly<Record<string, readonly string[]>> = { number: ["integer", "number"] };

const typeOf = (data: unknown): string => {
  if (data === null) return "null";
  if (Array.isArray(data)) return "array";
  return Number.isInteger(data) ? "integer" : typeof data;
};

const typeText = ({ data, schema }: ErrorObject): string => {
  const allowed = [schema].flat().flatMap((type) => TYPES[String(type)] ?? [String(type)]);
  return `instance type (${typeOf(data)}) does not match any allowed primitive type (allowed: ${json(allowed.sort())})`;
};

const boundText = (bound: "minimum" | "maximum", than: "lower" | "greater", beyond: "lower" | "greater") => {
  return ({ data, params }: ErrorObject): string =>
    data === params["limit"]
      ? `numeric instance is not strictly ${beyond} than the required ${bound} ${params["limit"]}`
      : `numeric instance is ${than} than the required ${bound} (${bound}: ${params["limit"]}, found: ${data})`;
};

const TEXTS: Readonly<Record<string, (error: ErrorObject, all: readonly ErrorObject[]) => string>> = {
  type: typeText,
  required: (error, all) => `object has missing required properties (${namedBy(error, all, "missingProperty")})`,
  additionalProperties: (error, all) =>
    `object instance has properties which are not allowed by the schema: ${namedBy(error, all, "additionalProperty")}`,
  enum: ({ data, schema }) => `instance value (${json(data)}) not found in enum (possible values: ${json(schema)})`,
  minLength: ({ data, schema }) =>
    `string "${data}" is too short (length: ${[...String(data)].length}, required minimum: ${schema})`,
  maxLength: ({ data, schema }) =>
    `string "${data}" is too long (length: ${[...String(data)].length}, maximum allowed: ${schema})`,
  pattern: ({ data, schema }) => `ECMA 262 regex "${schema}" does not match input string "${data}"`,
  minimum: boundText("minimum", "lower", "greater"),
  maximum: boundText("maximum", "greater", "lower"),
  multipleOf: ({ data, schema }) => `remainder of division is not zero (${data} / ${schema})`,
  minItems: ({ data, schema }) =>
    `array is too short: must have at least ${schema} elements but instance has ${sizeOf(data)} elements`,
  maxItems: ({ data, schema }) =>
    `array is too long: must have at most ${schema} elements but instance has ${sizeOf(data)} elements`,
  additionalItems: ({ data, params }) =>
    `schema only allows ${params["limit"]} elements in array but instance has ${sizeOf(data)} elements`,
  uniqueItems: () => "array must not contain duplicate elements",
  minProperties: ({ data, schema }) =>
    `object has too few properties (found ${sizeOf(data)} but schema requires at least ${schema})`,
  maxProperties: ({ data, schema }) =>
    `object has too many properties (found ${sizeOf(data)} but schema requires at most ${schema})`,
  anyOf: ({ schema }) => `instance failed to match at least one required schema among ${sizeOf(schema)}`,
  oneOf: ({ params, schema }) => {
    const matched = sizeOf(params["passingSchemas"] ?? []);
    return `instance failed to match exactly one schema (matched ${matched} out of ${sizeOf(schema)})`;
  },
  not: () => "instance matched a schema which it should not have",
};
