import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { formatError, TemplateError } from "./errors.ts";

/** The name AWS gives the transform that unlocks Fn::ForEach, Fn::Length, Fn::ToJsonString and functions in policies. */
export const LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions";

/** Names of the transforms a body declares at its top, in order. */
export const readTransforms = (body: JsonObject): readonly string[] => {
  const declared = body["Transform"];
  if (declared === undefined) return [];
  const list = Array.isArray(declared) ? declared : [declared];
  return list.map((transform: JsonValue) => {
    const name = isJsonObject(transform) ? transform["Name"] : transform;
    if (isJsonObject(name))
      throw new TemplateError("Key Name of transform definition must be a string.", ["Transform"]);
    if (typeof name !== "string") {
      throw formatError("Transform must be a string, or an object with a Name, or a list of these.", ["Transform"]);
    }
    return name;
  });
};
