import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { formatError, type TemplatePath } from "./errors.ts";
import { MAX_NAME_CHARACTERS } from "./limits.ts";

/** The members of a top-level section, none when it is absent; refused when it is no object or holds too many. */
export const countedSection = (body: JsonObject, name: string, maximum: number): readonly [string, JsonValue][] => {
  const members = section(body, name);
  if (members.length > maximum) {
    throw formatError(
      `Number of ${name.toLowerCase()}, ${members.length}, is greater than maximum allowed, ${maximum}`,
      [name],
    );
  }
  return members;
};

/** The members of a top-level section, none when it is absent. */
export const section = (body: JsonObject, name: string): readonly [string, JsonValue][] => {
  const value = body[name];
  if (value === undefined) return [];
  if (!isJsonObject(value)) throw formatError(`${name} must be an object.`, [name]);
  return Object.entries(value);
};

/** Refuses a logical name that is not letters and digits alone, or is too long. */
export const alphanumericName = (kind: string, name: string, path: TemplatePath): void => {
  if (!/^[A-Za-z0-9]+$/.test(name)) throw formatError(`${kind} name ${name} is non alphanumeric.`, path);
  if (name.length > MAX_NAME_CHARACTERS) {
    throw formatError(`${kind} name ${name} is longer than ${MAX_NAME_CHARACTERS} characters.`, path);
  }
};

/** The string under a key, undefined when there is none; refused with `message` when it is something else. */
export const stringMember = (
  holder: JsonObject,
  key: string,
  path: TemplatePath,
  message: string,
): string | undefined => {
  const value = holder[key];
  if (value === undefined || typeof value === "string") return value;
  throw formatError(message, [...path, key]);
};
