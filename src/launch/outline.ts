import { parseDocument } from "yaml";
import { isJsonObject, type JsonObject } from "../kernel/json.ts";

/** What a launch reads of a template before CloudFormation does. */
export interface Outline {
  /** How many resources are made whatever its parameters. */
  readonly resources: number;
  readonly parameters: readonly OutlinedParameter[];
}

export interface OutlinedParameter {
  readonly name: string;
  readonly hasDefault: boolean;
  readonly description: string | undefined;
}

/** Nothing of a template that cannot be read, which is refused later. */
export const outlineOf = (template: string): Outline => {
  const document = parseDocument(template, { logLevel: "silent" });
  const body: unknown = document.errors.length > 0 ? undefined : document.toJS();
  return {
    resources: membersOf(body, "Resources").filter(([, resource]) => !("Condition" in resource)).length,
    parameters: membersOf(body, "Parameters").map(([name, { Default: value, Description: description }]) => ({
      name,
      hasDefault: value !== undefined,
      description: typeof description === "string" ? description : undefined,
    })),
  };
};

const membersOf = (body: unknown, section: string): readonly (readonly [string, JsonObject])[] => {
  const members = isJsonObject(body) ? body[section] : undefined;
  return Object.entries(isJsonObject(members) ? members : {}).flatMap(([name, member]) =>
    isJsonObject(member) ? [[name, member] as const] : [],
  );
};
