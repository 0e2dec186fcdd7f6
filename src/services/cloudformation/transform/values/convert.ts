import type { JsonObject, JsonValue } from "../../../../kernel/json.ts";
import { isJsonObject } from "../../../../kernel/json.ts";
import { Decimal, Dict, isDict, Literal, literal, textOf, type Value } from "./value.ts";

/** Input may carry decimals already marked by the parser of the template's text. */
export type SourceValue = JsonValue | Decimal | readonly SourceValue[] | { readonly [key: string]: SourceValue };

/** Reads plain data into a working value whose maps keep the order of the source. */
export const fromJson = (source: SourceValue | undefined): Value => read(source ?? null);

/** Reads a JSON object; anything else reads as an empty map. */
export const dictFromJson = (source: JsonObject): Dict => {
  const value = read(source);
  return isDict(value) ? value : Dict.plain();
};

const read = (source: SourceValue): Value => {
  if (source instanceof Decimal) return source;
  if (Array.isArray(source)) return source.map(read);
  if (isSourceObject(source)) {
    const dict = Dict.plain();
    for (const [key, value] of Object.entries(source)) dict.put(key, read(value));
    return dict;
  }
  if (typeof source === "number" && !Number.isInteger(source)) return new Decimal(source);
  if (typeof source === "string") return literal(source);
  return isScalar(source) ? source : null;
};

const isSourceObject = (source: SourceValue): source is { readonly [key: string]: SourceValue } => isJsonObject(source);

const isScalar = (source: SourceValue): source is boolean | number =>
  typeof source === "boolean" || typeof source === "number";

/** The same value with every map in hash order, rebuilt key by key, and every string marked as its author's. */
export const hashOrdered = (value: Value): Value => {
  if (Array.isArray(value)) return value.map(hashOrdered);
  if (!isDict(value)) return textOf(value) ?? value;
  const dict = Dict.hashed();
  for (const [key, item] of value.entries()) dict.set(key, hashOrdered(item));
  return dict;
};

export const toJson = (value: Value): JsonValue => {
  if (value instanceof Literal) return value.text;
  if (value instanceof Decimal) return value.number;
  if (Array.isArray(value)) return value.map(toJson);
  return isDict(value) ? toJsonObject(value) : value;
};

export const toJsonObject = (dict: Dict): JsonObject =>
  Object.fromEntries(dict.entries().map(([key, value]) => [key, toJson(value)]));
