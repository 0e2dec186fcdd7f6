import { AssertionFailed } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";

/** The versions of the policy language; without one, a policy is of the first. */
export const VERSION_2008 = "2008-10-17";
export const VERSION_2012 = "2012-10-17";

/** The statements of a document, which may hold one without its brackets. */
export const statementsOf = (document: JsonObject): readonly JsonObject[] => {
  const statement = document["Statement"];
  const statements = isList(statement) ? statement : [statement];
  return statements.map((each) => {
    if (!isJsonObject(each)) throw new AssertionFailed("a stored policy with a statement that is no object");
    return each;
  });
};

/** The strings of an element that holds one or a list of them. Numbers and booleans are taken as their text. */
export const scalars = (value: JsonValue | undefined): readonly string[] => {
  if (value === undefined || value === null || isJsonObject(value)) return [];
  return isList(value) ? value.flatMap(scalars) : [String(value)];
};

/** Tells lists from the other JSON values, readonly ones included. */
export const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

/** The strings of an element that may only hold strings. */
export const texts = (value: JsonValue | undefined): readonly string[] => {
  if (typeof value === "string") return [value];
  return isList(value) ? value.filter((each) => typeof each === "string") : [];
};

/** Tells whether an element is absent, a string or a list of strings. */
export const isTexts = (value: JsonValue | undefined): boolean =>
  value === undefined ||
  typeof value === "string" ||
  (isList(value) && value.every((each) => typeof each === "string"));

/** The document a text holds, or undefined when it is no JSON object. */
export const parsed = (text: string): JsonObject | undefined => {
  try {
    const document: unknown = JSON.parse(text);
    return isJsonObject(document) ? document : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** The statements of a document not yet known to be sound; undefined when there are none or one is no object. */
export const statementList = (document: JsonObject): readonly JsonObject[] | undefined => {
  const statement = document["Statement"];
  const statements = isList(statement) ? statement : [statement];
  return statements.length > 0 && statements.every(isJsonObject) ? statements : undefined;
};
