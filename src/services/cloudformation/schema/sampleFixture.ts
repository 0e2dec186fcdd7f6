import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { PropertyType, ResourceSchema } from "./schema.ts";

/** Where a value stands in a resource's properties; list and map elements have no step of their own. */
export type PropertyPath = readonly string[];

/** Every property of a type down to the innermost, but for those that hold themselves. */
export const leavesOf = (schema: ResourceSchema): readonly PropertyPath[] =>
  [...schema.properties.values()].flatMap(({ name, type }) => leavesBelow(schema, type, [name]));

const leavesBelow = (schema: ResourceSchema, type: PropertyType, path: PropertyPath): readonly PropertyPath[] => {
  switch (type.kind) {
    case "list":
    case "map":
      return leavesBelow(schema, type.element, path);
    case "union":
      return leavesBelow(schema, richest(type.types), path);
    case "object": {
      const members = [...schema.definitions(type.definition).values()];
      if (path.length >= MAX_DEPTH || members.length === 0) return [path];
      return members.flatMap(({ name, type: inner }) => leavesBelow(schema, inner, [...path, name]));
    }
    default:
      return [path];
  }
};

const MAX_DEPTH = 6;

/** A value for everything a type has, or for some of its properties. */
export const sampleOf = (schema: ResourceSchema, wants: (name: string) => boolean = () => true): JsonObject =>
  Object.fromEntries(
    [...schema.properties.values()]
      .filter(({ name }) => wants(name))
      .map(({ name, type }) => [name, sampleValue(schema, type, [name])]),
  );

const sampleValue = (schema: ResourceSchema, type: PropertyType, path: PropertyPath): JsonValue => {
  switch (type.kind) {
    case "list":
      return [sampleValue(schema, type.element, path)];
    case "map":
      return { Key: sampleValue(schema, type.element, path) };
    case "union":
      return sampleValue(schema, richest(type.types), path);
    case "object":
      if (path.length >= MAX_DEPTH) return {};
      return Object.fromEntries(
        [...schema.definitions(type.definition).values()].map(({ name, type: inner }) => [
          name,
          sampleValue(schema, inner, [...path, name]),
        ]),
      );
    default:
      return scalarsOf(type, path)[0] ?? "";
  }
};

/** The alternative with the most to it: an object before a text. */
const richest = (types: readonly PropertyType[]): PropertyType =>
  types.find(({ kind }) => kind === "object") ??
  types.find(({ kind }) => kind === "list") ??
  types[0] ?? { kind: "json" };

/** Values that differ, for something that must tell them apart. */
export const valuesAt = (schema: ResourceSchema, path: PropertyPath): readonly JsonValue[] => {
  const type = typeAt(schema, path);
  const inner = type === undefined ? { kind: "json" as const } : innermost(type);
  const scalars = scalarsOf(inner, path);
  return scalars.map((value) => wrapped(type, value));
};

const wrapped = (type: PropertyType | undefined, value: JsonValue): JsonValue => {
  if (type?.kind === "list") return [wrapped(type.element, value)];
  if (type?.kind === "map") return { Key: wrapped(type.element, value) };
  return type?.kind === "union" ? wrapped(richest(type.types), value) : value;
};

const innermost = (type: PropertyType): PropertyType => {
  if (type.kind === "list" || type.kind === "map") return innermost(type.element);
  return type.kind === "union" ? innermost(richest(type.types)) : type;
};

const typeAt = (schema: ResourceSchema, path: PropertyPath): PropertyType | undefined => {
  let members = schema.properties;
  let type: PropertyType | undefined;
  for (const name of path) {
    type = members.get(name)?.type;
    const inner = type === undefined ? undefined : innermost(type);
    members = inner?.kind === "object" ? schema.definitions(inner.definition) : new Map();
  }
  return type;
};

const scalarsOf = (type: PropertyType, path: PropertyPath): readonly JsonValue[] => {
  const name = path.join("-");
  switch (type.kind) {
    case "string":
      return [`one-${name}`, `two-${name}`];
    case "integer":
    case "number":
      return [11 + name.length, 411 + name.length];
    case "boolean":
      return [true, false];
    case "enum":
      return type.values;
    default:
      return [{ [name]: "one" }, { [name]: "two" }];
  }
};

/** Properties with a value set, or left out, at a path; every element of a list and a map on the way is changed. */
export const withValue = (properties: JsonObject, path: PropertyPath, value: JsonValue | undefined): JsonObject => {
  const [name, ...rest] = path;
  if (name === undefined) return properties;
  const { [name]: before, ...others } = properties;
  if (rest.length === 0) return value === undefined ? others : { ...others, [name]: value };
  return before === undefined ? properties : { ...others, [name]: changedBelow(before, rest, value) };
};

const changedBelow = (before: JsonValue, path: PropertyPath, value: JsonValue | undefined): JsonValue => {
  if (Array.isArray(before)) return before.map((element) => changedBelow(element, path, value));
  if (!isJsonObject(before)) return before;
  const { Key: element } = before;
  const isMap = Object.keys(before).length === 1 && isJsonObject(element ?? null);
  return isMap ? { Key: changedBelow(element ?? null, path, value) } : withValue(before, path, value);
};
