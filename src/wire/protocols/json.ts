import { serializationError } from "../errors.ts";
import type { Member, Shape, Structure, TimestampFormat } from "../schema.ts";
import { formatTimestamp, parseTimestamp } from "../timestamps.ts";

/** How a JSON protocol names members: awsJson by member name, restJson by `jsonName`. */
export interface JsonOptions {
  readonly useJsonName: boolean;
  /** The Java package that a service's refusals name its types by, where AWS tells it. Such a service also reads base64 strictly. */
  readonly typePackage?: string;
}

const AWS_JSON: JsonOptions = { useJsonName: false };
const DEFAULT_FORMAT: TimestampFormat = "epoch-seconds";

/** Parses a JSON body; AWS takes an empty one for an empty document. `problem` is said of what is none. */
export const parseJson = (body: Buffer, problem: string): unknown => {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw serializationError(problem);
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
export const fromJson = (shape: Shape, value: unknown, options: JsonOptions = AWS_JSON): unknown =>
  valueFromJson(shape, value, { options, inside: "structure" });

/** Where a value stands: AWS words some refusals by whether it is a structure's field or an element of a list or a map. */
interface Place {
  readonly options: JsonOptions;
  readonly inside: "structure" | "collection";
}

const valueFromJson = (shape: Shape, value: unknown, place: Place): unknown => {
  switch (shape.kind) {
    case "structure":
      return structureFromJson(shape, value, place);
    case "list":
      return listFromJson(shape.item, value, place);
    case "map":
      return mapFromJson(shape, value, place);
    case "timestamp":
      return parseTimestamp(value);
    case "blob":
      return bytesFromJson(value, place.options);
    case "document":
      return value;
    default:
      return scalarFromJson(shape.kind, value);
  }
};

const structureFromJson = (shape: Structure, value: unknown, { options, inside }: Place): unknown => {
  if (Array.isArray(value)) throw unrecognizedCollection(`class ${javaTypeOf(shape, options)}`);
  if (!isObject(value))
    throw serializationError(inside === "structure" ? UNEXPECTED_FIELD : "Unexpected value type in payload");
  const result: Record<string, unknown> = {};
  for (const member of shape.members) {
    const field = value[jsonNameOf(member, options)];
    if (field !== undefined && field !== null)
      result[member.name] = valueFromJson(member.shape, field, { options, inside: "structure" });
  }
  return result;
};

const listFromJson = (item: Member, value: unknown, { options, inside }: Place): unknown => {
  if (isObject(value)) throw serializationError(MISPLACED_START);
  if (!Array.isArray(value)) throw serializationError(inside === "structure" ? UNEXPECTED_FIELD : MISCAST);
  return value.map((entry) =>
    entry === null ? null : valueFromJson(item.shape, entry, { options, inside: "collection" }),
  );
};

const mapFromJson = (shape: Extract<Shape, { kind: "map" }>, value: unknown, { options, inside }: Place): unknown => {
  if (Array.isArray(value)) throw unrecognizedCollection(javaTypeOf(shape, options));
  if (!isObject(value)) throw serializationError(inside === "structure" ? UNEXPECTED_FIELD : MISCAST);
  const result: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (entry !== null) define(result, key, valueFromJson(shape.value.shape, entry, { options, inside: "collection" }));
  }
  return result;
};

// The words of the framework that AWS's services are written in.
const UNEXPECTED_FIELD = "Unexpected field type";
const MISPLACED_START = "Start of structure or map found where not expected";
// AWS: its own failed cast, told as it is.
const MISCAST =
  "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of loader 'bootstrap')";

const unrecognizedCollection = (type: string) => serializationError(`Unrecognized collection type ${type}`);

const javaTypeOf = (shape: Shape, options: JsonOptions): string => {
  switch (shape.kind) {
    case "structure":
      return options.typePackage === undefined ? shape.name : `${options.typePackage}.${shape.name}`;
    case "list":
      return `java.util.List<${javaTypeOf(shape.item.shape, options)}>`;
    case "map":
      return `java.util.Map<java.lang.String, ${javaTypeOf(shape.value.shape, options)}>`;
    default:
      return `java.lang.${TARGETS[shape.kind] ?? "String"}`;
  }
};

/** A key such as `__proto__` is data like any other. */
const define = (target: Record<string, unknown>, key: string, value: unknown): void => {
  if (key !== "__proto__") target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const bytesFromJson = (value: unknown, { typePackage }: JsonOptions): Uint8Array => {
  if (Array.isArray(value)) throw unrecognizedCollection("class java.nio.ByteBuffer");
  if (isObject(value)) throw serializationError(MISPLACED_START);
  if (typeof value !== "string") throw serializationError("only base-64-encoded strings are convertible to bytes");
  const bytes = Buffer.from(value, "base64");
  if (typePackage === undefined) return bytes;
  if (value.length % BASE64_GROUP > 0)
    throw serializationError(
      `Base64 encoded length is expected a multiple of ${BASE64_GROUP} bytes but found: ${value.length}`,
    );
  // AWS: the misspelling is its own.
  if (bytes.toString("base64") !== value) throw serializationError("Invalid last non-pad Base64 character dectected");
  return bytes;
};

const BASE64_GROUP = 4;

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
  if (kind === "boolean" && typeof value === "string") return booleanFromText(value);
  if (Array.isArray(value)) throw unrecognizedCollection(`class java.lang.${TARGETS[kind]}`);
  if (typeof value === "object") throw serializationError(MISPLACED_START);
  throw serializationError(`${wordFor(value)} cannot be converted to ${TARGETS[kind]}`);
};

/** AWS: these texts are taken for booleans, in any case. */
const booleanFromText = (text: string): boolean => {
  switch (text.toUpperCase()) {
    case "TRUE":
    case "YES":
    case "1":
      return true;
    case "FALSE":
    case "NO":
    case "0":
      return false;
    default:
      throw serializationError("Unexpected token received from parser");
  }
};

const wordFor = (value: unknown): string => {
  if (typeof value === "string") return "STRING_VALUE";
  if (typeof value === "number") return Number.isInteger(value) ? "NUMBER_VALUE" : "DECIMAL_VALUE";
  return value === true ? "TRUE_VALUE" : "FALSE_VALUE";
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
