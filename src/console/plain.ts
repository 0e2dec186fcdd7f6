import type { Shape, Structure } from "../wire/schema.ts";

/** The SDK's values as JSON that keeps the SDK's member names: dates in ISO 8601, bytes in base64, streams left out. */
export const toPlain = (value: unknown): unknown => {
  if (value === null || typeof value !== "object") return typeof value === "bigint" ? value.toString() : value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  if (Array.isArray(value)) return value.map(toPlain);
  if (Symbol.asyncIterator in value) return undefined;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toPlain(member)]));
};

/** The way back: what the model calls a timestamp becomes a date, a blob bytes. Members the model does not know are dropped. */
export const fromPlain = (shape: Shape, value: unknown): unknown => {
  if (value === null || value === undefined) return undefined;
  switch (shape.kind) {
    case "structure":
      return structureFrom(shape, value);
    case "list":
      return Array.isArray(value) ? value.map((item) => fromPlain(shape.item.shape, item)) : value;
    case "map":
      return typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromPlain(shape.value.shape, item)]))
        : value;
    case "timestamp":
      return typeof value === "string" || typeof value === "number" ? new Date(value) : value;
    case "blob":
      return typeof value === "string" ? Buffer.from(value, "base64") : value;
    default:
      return value;
  }
};

const structureFrom = (shape: Structure, value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const member = shape.byName.get(name);
      return member ? [[name, fromPlain(member.shape, item)]] : [];
    }),
  );
};
