import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { formatError, type TemplatePath } from "./errors.ts";
import { MAX_MAPPING_ATTRIBUTES, MAX_MAPPINGS } from "./limits.ts";
import type { Mapping } from "./model.ts";
import { alphanumericName, countedSection } from "./section.ts";

/** Reads the `Mappings` section: two levels of keys over strings or lists of strings, with no functions in it. */
export const readMappings = (body: JsonObject): ReadonlyMap<string, Mapping> =>
  new Map(
    countedSection(body, "Mappings", MAX_MAPPINGS)
      // A macro may still stand in place of a mapping; it is gone by the time anything looks the mapping up.
      .filter(([name]) => name !== "Fn::Transform")
      .map(([name, mapping]) => {
        alphanumericName("Mappings", name, ["Mappings", name]);
        return [name, readMapping(mapping, ["Mappings", name])];
      }),
  );

const readMapping = (mapping: JsonValue, path: TemplatePath): Mapping => {
  if (!isJsonObject(mapping)) throw formatError("Every Mappings member must be a map.", path);
  return new Map(
    countedEntries(mapping, path)
      .filter(([key]) => key !== "Fn::Transform")
      .map(([key, values]) => {
        if (!isJsonObject(values))
          throw formatError(`Every Mappings member ${path.at(-1)} must be a map`, [...path, key]);
        return [
          key,
          new Map(
            countedEntries(values, [...path, key]).map(([inner, value]) => [
              inner,
              checked(value, [...path, key, inner]),
            ]),
          ),
        ];
      }),
  );
};

const countedEntries = (map: JsonObject, path: TemplatePath): [string, JsonValue][] => {
  const entries = Object.entries(map);
  if (entries.length <= MAX_MAPPING_ATTRIBUTES) return entries;
  throw formatError(
    `Number of mapping attributes, ${entries.length}, is greater than maximum allowed, ${MAX_MAPPING_ATTRIBUTES}`,
    path,
  );
};

const checked = (value: JsonValue, path: TemplatePath): JsonValue => {
  if (Array.isArray(value) ? value.every((item) => typeof item !== "object") : typeof value !== "object") return value;
  throw formatError("Every Mappings attribute must be a String or a List.", path);
};
