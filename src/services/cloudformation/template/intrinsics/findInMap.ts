import { isJsonObject, type JsonValue } from "../../../../kernel/json.ts";
import { functionError } from "../errors.ts";
import { type Intrinsic, isCall, KNOWN_AFTER_APPLY, type Resolved, type Scope, textOf } from "./intrinsic.ts";

const TAKES =
  "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value";

/** `Fn::FindInMap`: a value of a mapping, or with AWS::LanguageExtensions the `DefaultValue` given beside it. */
export const findInMap: Intrinsic = {
  name: "Fn::FindInMap",
  check(argument, path) {
    const parts = partsOf(argument);
    if (parts === undefined) throw functionError(TAKES, path);
    for (const part of parts.keys) {
      if (textOf(part) === undefined && !isCall(part)) throw functionError(TAKES, path);
    }
  },
  resolve(argument, scope) {
    const parts = partsOf(argument);
    if (parts === undefined) throw functionError(TAKES);
    const keys = parts.keys.map((key) => keyText(key, scope));
    if (keys.includes(KNOWN_AFTER_APPLY)) return KNOWN_AFTER_APPLY;
    return lookUp(keys, scope) ?? fallback(keys, parts.defaultValue, scope);
  },
};

const partsOf = (
  argument: JsonValue,
): { readonly keys: readonly JsonValue[]; readonly defaultValue: JsonValue | undefined } | undefined => {
  if (!Array.isArray(argument) || argument.length < 3 || argument.length > 4) return undefined;
  const options: JsonValue | undefined = argument[3];
  if (options === undefined) return { keys: argument, defaultValue: undefined };
  if (!isJsonObject(options) || Object.keys(options).join() !== "DefaultValue") return undefined;
  return { keys: argument.slice(0, 3), defaultValue: options["DefaultValue"] };
};

const keyText = (key: JsonValue, scope: Scope): string => {
  const text = textOf(scope.resolve(key));
  if (text === undefined) throw functionError(TAKES);
  return text;
};

const lookUp = ([map = "", first = "", second = ""]: readonly string[], { mappings }: Scope): JsonValue | undefined =>
  mappings.get(map)?.get(first)?.get(second);

const fallback = (keys: readonly string[], defaultValue: JsonValue | undefined, scope: Scope): Resolved => {
  if (defaultValue !== undefined) return scope.resolve(defaultValue);
  const [map = ""] = keys;
  if (!scope.mappings.has(map)) {
    throw functionError(`Mapping named '${map}' is not present in the 'Mappings' section of template.`);
  }
  throw functionError(`Unable to get mapping for ${keys.join("::")}`);
};
