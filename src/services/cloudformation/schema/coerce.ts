import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { PropertySchema, PropertyType, ResourceSchema } from "./schema.ts";

/**
 * Resolved properties with every scalar in its schema's own type, as AWS hands them to a resource type: a parameter of
 * type Number is text, `MemorySize` is a number.
 */
export const coerceProperties = (schema: ResourceSchema, properties: JsonObject): JsonObject =>
  coerceObject(properties, schema.properties, schema);

const coerceObject = (
  value: JsonObject,
  members: ReadonlyMap<string, PropertySchema>,
  schema: ResourceSchema,
): JsonObject =>
  Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const member = members.get(key);
      return [key, member === undefined ? item : coerce(item, member.type, schema)];
    }),
  );

const coerce = (value: JsonValue, type: PropertyType, schema: ResourceSchema): JsonValue => {
  switch (type.kind) {
    case "object":
      return isJsonObject(value) ? coerceObject(value, schema.definitions(type.definition), schema) : value;
    case "list":
      return Array.isArray(value) ? value.map((item) => coerce(item, type.element, schema)) : value;
    case "map":
      if (!isJsonObject(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, coerce(item, type.element, schema)]));
    case "string":
    case "enum":
      return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
    case "boolean":
      return typeof value === "string" && /^(true|false)$/i.test(value) ? value.toLowerCase() === "true" : value;
    case "integer":
    case "number":
      return typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
    default:
      return value;
  }
};
