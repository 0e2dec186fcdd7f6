import type { JsonObject, JsonValue } from "../../../kernel/json.ts";

/** A function written as a YAML tag, in the form that JSON has for it. */
export interface LongForm {
  readonly name: string;
  readonly argument: JsonValue;
  readonly object: JsonObject;
}

/** What `!Tag value` means; undefined when no function has that short form. */
export const longForm = (tag: string, value: JsonValue): LongForm | undefined => {
  const name = NAMES.get(tag);
  if (name === undefined) return undefined;
  const argument = name === "Fn::GetAtt" && typeof value === "string" ? splitAttribute(value) : value;
  return { name, argument, object: { [name]: argument } };
};

/** `Resource.Attribute.Path` as its two parts: only the first dot divides. */
export const splitAttribute = (text: string): JsonValue => {
  const dot = text.indexOf(".");
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
};

const NAMES: ReadonlyMap<string, string> = new Map([
  ["!Ref", "Ref"],
  ["!Condition", "Condition"],
  ...[
    "And",
    "Base64",
    "Cidr",
    "Contains",
    "EachMemberEquals",
    "EachMemberIn",
    "Equals",
    "FindInMap",
    "GetAtt",
    "GetAZs",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "RefAll",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
    "ValueOf",
    "ValueOfAll",
  ].map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);
