import { isJsonObject, type JsonObject, type JsonValue } from "../../../../kernel/json.ts";
import { formatError, TemplateError, type TemplatePath } from "../errors.ts";
import { MAX_PARAMETERS } from "../limits.ts";
import { alphanumericName, countedSection } from "../section.ts";
import { type ParameterType, parameterType } from "./types.ts";

/** A declared parameter. */
export interface ParameterDefinition {
  readonly name: string;
  readonly type: ParameterType;
  readonly default: string | undefined;
  readonly noEcho: boolean;
  readonly description: string | undefined;
  readonly constraints: ParameterConstraints;
}

/** What a parameter's value must satisfy. */
export interface ParameterConstraints {
  readonly description: string | undefined;
  readonly allowedValues: readonly string[] | undefined;
  readonly allowedPattern: RegExp | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minValue: number | undefined;
  readonly maxValue: number | undefined;
}

/** Reads the `Parameters` section of a template's body. */
export const readParameters = (body: JsonObject): ReadonlyMap<string, ParameterDefinition> =>
  new Map(
    countedSection(body, "Parameters", MAX_PARAMETERS).map(([name, definition]) => {
      const path = ["Parameters", name];
      alphanumericName("Parameter", name, path);
      if (!isJsonObject(definition)) throw formatError("Any Parameters member must be a JSON object.", path);
      return [name, readParameter(name, definition, path)];
    }),
  );

const KEYS = new Set([
  "AllowedPattern",
  "AllowedValues",
  "ConstraintDescription",
  "Default",
  "Description",
  "MaxLength",
  "MaxValue",
  "MinLength",
  "MinValue",
  "NoEcho",
  "Type",
]);

const readParameter = (name: string, definition: JsonObject, path: TemplatePath): ParameterDefinition => {
  for (const key of Object.keys(definition)) {
    if (!KEYS.has(key)) throw new TemplateError(`Invalid template parameter property '${key}'`, [...path, key]);
  }
  const typeName = definition["Type"];
  if (typeName === undefined) throw formatError("Every Parameters object must contain a Type member.", path);
  const type = typeof typeName === "string" ? parameterType(typeName) : undefined;
  if (type === undefined) throw formatError(`Unrecognized parameter type: ${text(typeName)}`, [...path, "Type"]);
  return {
    name,
    type,
    default: scalar(definition, "Default", path),
    noEcho: scalar(definition, "NoEcho", path) === "true",
    description: scalar(definition, "Description", path),
    constraints: {
      description: scalar(definition, "ConstraintDescription", path),
      allowedValues: allowedValues(definition["AllowedValues"], path),
      allowedPattern: allowedPattern(scalar(definition, "AllowedPattern", path), path),
      minLength: number(definition, "MinLength", path),
      maxLength: number(definition, "MaxLength", path),
      minValue: number(definition, "MinValue", path),
      maxValue: number(definition, "MaxValue", path),
    },
  };
};

const scalar = (definition: JsonObject, key: string, path: TemplatePath): string | undefined => {
  const value = definition[key];
  if (value === undefined) return undefined;
  if (typeof value === "object") throw formatError(`Every ${key} member must be a string.`, [...path, key]);
  return String(value);
};

const number = (definition: JsonObject, key: string, path: TemplatePath): number | undefined => {
  const value = scalar(definition, key, path);
  if (value === undefined) return undefined;
  const parsed = Number(value);
  if (value.trim() === "" || Number.isNaN(parsed))
    throw formatError(`Every ${key} member must be a number.`, [...path, key]);
  return parsed;
};

const allowedValues = (value: JsonValue | undefined, path: TemplatePath): readonly string[] | undefined => {
  if (value === undefined) return undefined;
  const at = [...path, "AllowedValues"];
  if (!Array.isArray(value)) throw formatError("Every AllowedValues member must be a list.", at);
  return value.map((item) => {
    if (typeof item === "object") throw formatError("Every AllowedValues value must be a string.", at);
    return String(item);
  });
};

const allowedPattern = (pattern: string | undefined, path: TemplatePath): RegExp | undefined => {
  if (pattern === undefined) return undefined;
  try {
    return new RegExp(`^(?:${pattern.replace(POSIX_CLASS, (whole, name) => POSIX[name] ?? whole)})$`, "s");
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw formatError(`AllowedPattern ${pattern} is not a valid regular expression.`, [...path, "AllowedPattern"]);
  }
};

// AWS: patterns are Java's, whose POSIX classes JavaScript spells differently.
const POSIX_CLASS = /\\p\{(Alnum|Alpha|Digit|Lower|Upper|Punct|ASCII|XDigit)\}/g;
const POSIX: Readonly<Record<string, string>> = {
  Alnum: "[A-Za-z0-9]",
  Alpha: "[A-Za-z]",
  Digit: "[0-9]",
  Lower: "[a-z]",
  Upper: "[A-Z]",
  Punct: "[!-/:-@\\[-`{-~]",
  ASCII: "[\\x00-\\x7F]",
  XDigit: "[0-9A-Fa-f]",
};

const text = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value));
