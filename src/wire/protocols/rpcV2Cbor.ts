import { cbor, dateToTag, tagSymbol } from "@smithy/core/cbor";
import { membersOf } from "../../kernel/operation.ts";
import { serializationError } from "../errors.ts";
import type { Protocol } from "../protocol.ts";
import type { Member, Shape, Structure } from "../schema.ts";
import { parseTimestamp } from "../timestamps.ts";
import { type JsonFacts, qualified, queryError } from "./awsJson.ts";

const CONTENT_TYPE = "application/cbor";
/** https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html: clients refuse answers without it. */
const PROTOCOL = { "smithy-protocol": "rpc-v2-cbor" };

/** rpcv2Cbor: a POST to `/service/NAME/operation/OPERATION` with a CBOR map for its input. */
export const rpcV2Cbor = ({ errorNamespace }: Pick<JsonFacts, "errorNamespace"> = {}): Protocol => ({
  streamsInput: () => false,
  decode: (operation, request) => fromCbor(operation.input, parseCbor(request.body)),
  encode: (operation, output) => ({
    status: 200,
    headers: { "content-type": CONTENT_TYPE, ...PROTOCOL },
    // AWS: an operation without output answers with an empty map.
    body: cbor.serialize(toCbor(operation.output, membersOf(output))),
  }),
  encodeError: (error) => {
    const messageName = error.structure?.members.find(({ name }) => name.toLowerCase() === "message")?.name;
    const members = error.structure ? toCbor(error.structure, error.members) : error.members;
    return {
      status: error.status,
      // Services that changed from the query protocol tell their older code beside the shape's name.
      headers: { "content-type": CONTENT_TYPE, ...PROTOCOL, "x-amzn-query-error": queryError(error) },
      body: cbor.serialize({
        __type: qualified(error.shape, error, errorNamespace),
        ...members,
        ...(error.message === "" ? {} : { [messageName ?? "message"]: error.message }),
      }),
    };
  },
});

const parseCbor = (body: Buffer): unknown => {
  if (body.length === 0) return {};
  try {
    return cbor.deserialize(new Uint8Array(body));
  } catch {
    throw serializationError("Could not parse the request body as CBOR.");
  }
};

const fromCbor = (shape: Shape, value: unknown): unknown => {
  switch (shape.kind) {
    case "structure":
      return structureFromCbor(shape, value);
    case "list":
      if (!Array.isArray(value)) throw serializationError("Unexpected value where a list was expected.");
      return value.map((item) => (item === null ? null : fromCbor(shape.item.shape, item)));
    case "map":
      return Object.fromEntries(
        Object.entries(objectFrom(value)).map(([key, item]) => [key, fromCbor(shape.value.shape, item)]),
      );
    case "timestamp":
      return parseTimestamp(isTagged(value) ? Number(value.value) : value);
    case "number":
    case "bigint":
      return numberFrom(value);
    case "string":
    case "boolean":
      if (typeof value !== shape.kind) throw serializationError(`Unexpected value where a ${shape.kind} was expected.`);
      return value;
    default:
      return value;
  }
};

const structureFromCbor = (shape: Structure, value: unknown): unknown => {
  const source = objectFrom(value);
  const result: Record<string, unknown> = {};
  for (const { name, shape: member } of shape.members) {
    const field = source[name];
    if (field !== undefined && field !== null) result[name] = fromCbor(member, field);
  }
  return result;
};

const objectFrom = (value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw serializationError("Unexpected value where a structure or a map was expected.");
};

const numberFrom = (value: unknown): number => {
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  throw serializationError("Unexpected value where a number was expected.");
};

/** Dates come under a tag. */
const isTagged = (value: unknown): value is { readonly value: unknown } =>
  typeof value === "object" && value !== null && tagSymbol in value;

const toCbor = (shape: Structure, value: unknown): Record<string, unknown> => {
  const source = value as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = {};
  for (const member of shape.members) {
    const field = source[member.name];
    if (field !== undefined && field !== null) result[member.name] = valueToCbor(member, field);
  }
  return result;
};

const valueToCbor = ({ shape }: Pick<Member, "shape">, value: unknown): unknown => {
  if (value === null) return null;
  if (value instanceof Date) return dateToTag(value);
  switch (shape.kind) {
    case "structure":
      return toCbor(shape, value);
    case "list":
      return (value as readonly unknown[]).map((item) => valueToCbor(shape.item, item));
    case "map":
      return Object.fromEntries(
        Object.entries(value as Record<string, unknown>).map(([key, item]) => [key, valueToCbor(shape.value, item)]),
      );
    default:
      return value;
  }
};
