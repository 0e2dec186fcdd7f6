import { isJsonObject, type JsonValue } from "../../../../kernel/json.ts";

/** A text's JSON; undefined when it is none. */
export const parseJson = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    // AWS: what is no JSON has nothing in it.
    return undefined;
  }
};

/**
 * What stands at a path such as `a.b[0]['c']` of a document. AWS: neither recursive descent nor filters, so names and
 * places are all there is.
 */
export const jsonAt = (document: JsonValue | undefined, path: string): JsonValue | undefined => {
  let found = document;
  for (const [, name, quoted, place] of path.matchAll(STEP)) {
    if (place !== undefined) found = Array.isArray(found) ? found[Number(place)] : undefined;
    else {
      const key = name ?? quoted ?? "";
      found = isJsonObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
    }
  }
  return found;
};

const STEP = /([^.[\]]+)|\[["']([^"']*)["']\]|\[(\d+)\]/g;
