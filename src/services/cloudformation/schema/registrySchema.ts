import type { JsonObject } from "../../../kernel/json.ts";
import type { PropertySchema, PropertyType, ResourceSchema } from "./schema.ts";

/** A resource type's schema in the registry's own form, as far as it is known here: no lengths, patterns or handlers. */
export const registrySchema = (schema: ResourceSchema): JsonObject => {
  const definitions = new Map<string, JsonObject>();
  const properties = objectOf(schema, schema.properties, definitions);
  const createOnly = [...schema.properties.values()].filter(({ replaces }) => replaces === "Always");
  const readOnly = [...schema.attributes].filter((name) => !schema.properties.has(name));
  return {
    typeName: schema.type,
    description: `Resource type definition for ${schema.type}`,
    additionalProperties: schema.isOpen,
    ...properties,
    ...(definitions.size > 0 ? { definitions: Object.fromEntries(definitions) } : {}),
    createOnlyProperties: createOnly.map(({ name }) => `/properties/${name}`),
    readOnlyProperties: readOnly.map((name) => `/properties/${name.replaceAll(".", "/")}`),
    primaryIdentifier: schema.primaryIdentifier.map((name) => `/properties/${name}`),
    ...(schema.tagsProperty === undefined
      ? {}
      : { tagging: { taggable: true, tagProperty: `/properties/${schema.tagsProperty}` } }),
  };
};

const objectOf = (
  schema: ResourceSchema,
  members: ReadonlyMap<string, PropertySchema>,
  definitions: Map<string, JsonObject>,
): JsonObject => ({
  properties: Object.fromEntries([...members].map(([name, { type }]) => [name, typeOf(schema, type, definitions)])),
  ...requiredOf(members),
});

const requiredOf = (members: ReadonlyMap<string, PropertySchema>): JsonObject => {
  const required = [...members.values()].filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return required.length > 0 ? { required } : {};
};

const typeOf = (schema: ResourceSchema, type: PropertyType, definitions: Map<string, JsonObject>): JsonObject => {
  switch (type.kind) {
    case "enum":
      return { type: "string", enum: type.values };
    case "list":
      return { type: "array", items: typeOf(schema, type.element, definitions) };
    case "map":
      return { type: "object", patternProperties: { ".*": typeOf(schema, type.element, definitions) } };
    case "union":
      return { anyOf: type.types.map((each) => typeOf(schema, each, definitions)) };
    case "json":
      return { type: "object" };
    case "object":
      define(schema, type.definition, definitions);
      return { $ref: `#/definitions/${type.definition}` };
    default:
      return { type: type.kind };
  }
};

const define = (schema: ResourceSchema, name: string, definitions: Map<string, JsonObject>): void => {
  if (definitions.has(name)) return;
  // Its place is taken first: a definition may hold itself.
  definitions.set(name, {});
  const members = objectOf(schema, schema.definitions(name), definitions);
  definitions.set(name, { type: "object", additionalProperties: false, ...members });
};
