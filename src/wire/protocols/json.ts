import { serializationError } from "../errors.ts";
import type { Member, Shape, Structure, TimestampFormat } from "../schema.ts";
import { formatTimestamp, parseTimestamp } from "../timestamps.ts";

/** How a JSON protocol names members: awsJson by member name, restJson by `jsonName`. */
export interface JsonOptions {
  readonly useJsonName: boolean;
}

const AWS_JSON: JsonOptions = { useJsonName: false };
const DEFAULT_FORMAT: TimestampFormat = "epoch-seconds";

/** Parses a JSON body; AWS takes an empty one for an empty document. */
export const parseJson = (body: Buffer): unknown => {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw serializationError("Could not parse the request body as JSON.");
  }
};

/** The same for whoever leaves faults to others: undefined where it is no JSON. */
export const plainJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
};

/** JSON to the SDK's values: dates, bytes, and only the members the model knows. */
export const fromJson = (shape: Shape, value: unknown, options: JsonOptions = AWS_JSON): unknown => {
  switch (shape.kind) {
    case "structure":
      return structureFromJson(shape, value, options);
    case "list":
      return listFromJson(shape.item, value, options);
    case "map":
      return mapFromJson(shape.value, value, options);
    case "timestamp":
      return parseTimestamp(value);
    case "blob":
      return bytesFromJson(value);
    case "document":
      return value;
    default:
      return scalarFromJson(shape.kind, value);
  }
};

const structureFromJson = (shape: Structure, value: unknown, options: JsonOptions): unknown => {
  const object = objectFrom(value);
  const result: Record<string, unknown> = {};
  for (const member of shape.members) {
    const field = object[jsonNameOf(member, options)];
    if (field !== undefined && field !== null) result[member.name] = fromJson(member.shape, field, options);
  }
  return result;
};

const listFromJson = (item: Member, value: unknown, options: JsonOptions): unknown => {
  if (!Array.isArray(value)) throw serializationError("Unexpected value where a list was expected.");
  return value.map((entry) => (entry === null ? null : fromJson(item.shape, entry, options)));
};

const mapFromJson = (item: Member, value: unknown, options: JsonOptions): unknown => {
  const result: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(objectFrom(value))) {
    if (entry !== null) define(result, key, fromJson(item.shape, entry, options));
  }
  return result;
};

/** A key such as `__proto__` is data like any other. */
const define = (target: Record<string, unknown>, key: string, value: unknown): void => {
  if (key !== "__proto__") target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
};

const objectFrom = (value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw serializationError("Unexpected value where a structure or a map was expected.");
};

const bytesFromJson = (value: unknown): Uint8Array => {
  if (typeof value !== "string") throw serializationError("A blob must be a base64 string.");
  return Buffer.from(value, "base64");
};

const WORDS: Readonly<Record<string, string>> = {
  string: "STRING_VALUE",
  number: "NUMBER_VALUE",
  true: "TRUE_VALUE",
  false: "FALSE_VALUE",
};
const TARGETS: Readonly<Record<string, string>> = {
  string: "String",
  number: "Integer",
  boolean: "Boolean",
  bigint: "Long",
};

const scalarFromJson = (kind: "string" | "number" | "boolean" | "bigint", value: unknown): unknown => {
  const wanted = kind === "bigint" ? "number" : kind;
  if (typeof value === wanted) return value;
  if (kind === "number" && (value === "NaN" || value === "Infinity" || value === "-Infinity")) return Number(value);
  if (typeof value === "object") throw serializationError("Start of structure or map found where not expected.");
  const word = WORDS[typeof value === "boolean" ? String(value) : typeof value] ?? "UNKNOWN_VALUE";
  throw serializationError(`${word} cannot be converted to ${TARGETS[kind]}`);
};

const jsonNameOf = (member: Member, options: JsonOptions): string =>
  options.useJsonName ? (member.traits.jsonName ?? member.name) : member.name;

/** The SDK's values to what JSON.stringify writes as the protocol wants it. */
export const toJson = (shape: Shape, value: unknown, options: JsonOptions = AWS_JSON): unknown => {
  switch (shape.kind) {
    case "structure":
      return structureToJson(shape, value, options);
    case "list":
      return Array.isArray(value)
        ? value.map((item) => (item === null ? null : toJson(shape.item.shape, item, options)))
        : value;
    case "map":
      return mapToJson(shape.value, value, options);
    case "timestamp":
      return value instanceof Date ? formatTimestamp(value, shape.format ?? DEFAULT_FORMAT) : value;
    case "blob":
      return value instanceof Uint8Array
        ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64")
        : value;
    default:
      return value;
  }
};

const structureToJson = (shape: Structure, value: unknown, options: JsonOptions): unknown => {
  const source = value as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = {};
  for (const member of shape.members) {
    const field = source[member.name];
    if (field !== undefined && field !== null)
      result[jsonNameOf(member, options)] = toJson(member.shape, field, options);
  }
  return result;
};

const mapToJson = (item: Member, value: unknown, options: JsonOptions): unknown => {
  const result: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value as Record<string, unknown>)) {
    if (entry !== undefined) define(result, key, entry === null ? null : toJson(item.shape, entry, options));
  }
  return result;
};
