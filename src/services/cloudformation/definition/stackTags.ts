import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { TagRecord } from "../records.ts";
import type { ResourceSchema } from "../schema/schema.ts";

/** Properties with the stack's tags beside the resource's own, which win; for types that take tags. */
export const withStackTags = (
  schema: ResourceSchema,
  properties: JsonObject,
  tags: readonly TagRecord[],
): JsonObject => {
  const name = schema.tagsProperty;
  const property = name === undefined ? undefined : schema.properties.get(name);
  if (tags.length === 0 || name === undefined || property === undefined) return properties;
  const own = properties[name];
  if (property.type.kind === "list") return { ...properties, [name]: listed(Array.isArray(own) ? own : [], tags) };
  return { ...properties, [name]: { ...tagsByKey(tags), ...(isJsonObject(own) ? own : {}) } };
};

/** Tags as a map. */
export const tagsByKey = (tags: readonly TagRecord[]): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.map(({ key, value }) => [key, value]));

const listed = (own: readonly JsonValue[], tags: readonly TagRecord[]): readonly JsonValue[] => {
  const named = new Set(own.flatMap((tag) => (isJsonObject(tag) ? [tag["Key"]] : [])));
  const added = tags.filter(({ key }) => !named.has(key)).map(({ key, value }) => ({ Key: key, Value: value }));
  return [...own, ...added];
};
