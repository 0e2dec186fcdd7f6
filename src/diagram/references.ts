import { isJsonObject, type JsonValue } from "../kernel/json.ts";

/** The logical ids that a value of a template refers to, by Ref, Fn::GetAtt and Fn::Sub. */
export const referencesIn = (value: JsonValue | undefined, found: Set<string> = new Set()): ReadonlySet<string> => {
  if (Array.isArray(value)) for (const item of value) referencesIn(item, found);
  else if (isJsonObject(value)) for (const [key, member] of Object.entries(value)) readMember(key, member, found);
  return found;
};

const readMember = (key: string, member: JsonValue, found: Set<string>): void => {
  if (key === "Ref" && typeof member === "string") found.add(member);
  else if (key === "Fn::GetAtt") found.add(nameIn(member));
  else if (key === "Fn::Sub") {
    const [text, more] = Array.isArray(member) ? member : [member];
    if (typeof text === "string") for (const [, name = ""] of text.matchAll(/\$\{([\w]+)[^}]*\}/g)) found.add(name);
    referencesIn(more, found);
  } else referencesIn(member, found);
};

const nameIn = (attribute: JsonValue): string =>
  String((Array.isArray(attribute) ? attribute[0] : attribute) ?? "").split(".")[0] ?? "";
