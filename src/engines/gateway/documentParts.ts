import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";

// Parts of OpenAPI documents, whose members may be anything.

/** Documents that refer to themselves end here. */
const MAX_REFERENCE_DEPTH = 16;

/** Finds what a `$ref` within a document points at. Throws the given refusal where there is nothing, or no end. */
export const resolverWith = (refuse: (message: string) => Error) => {
  const resolved = (document: JsonObject, value: JsonValue | undefined, depth = 0): JsonValue | undefined => {
    const reference = isJsonObject(value) ? value["$ref"] : undefined;
    if (typeof reference !== "string") return value;
    const found = depth > MAX_REFERENCE_DEPTH ? undefined : referredTo(document, reference);
    if (found === undefined) throw refuse(`Unable to resolve the reference ${reference}`);
    return resolved(document, found, depth + 1);
  };
  return (document: JsonObject, value: JsonValue | undefined) => resolved(document, value);
};

/** What stands at a reference such as `#/components/schemas/Pet`; undefined where there is nothing. */
export const referredTo = (document: JsonObject, reference: string): JsonValue | undefined => {
  if (!reference.startsWith("#/")) return undefined;
  let found: JsonValue | undefined = document;
  for (const step of reference.slice(2).split("/")) {
    found = isJsonObject(found) ? found[step.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  }
  return found;
};

export const objectAt = (object: JsonObject, name: string): JsonObject => {
  const value = object[name];
  return isJsonObject(value) ? value : {};
};

export const listAt = (object: JsonObject, name: string): readonly JsonValue[] => {
  const value = object[name];
  return Array.isArray(value) ? value : [];
};

export const textAt = (object: JsonObject, name: string): string | undefined => {
  const value = object[name];
  return value === undefined || value === null ? undefined : String(value);
};

/** The members of an object, as texts. */
export const textsOf = (object: JsonObject): Record<string, string> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, String(value)]));

/** An object without what it has not. */
export const present = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } => {
  const entries: (readonly unknown[])[] = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
};
