import { isJsonObject, type JsonObject } from "../kernel/json.ts";
import { templateBody } from "./templateBody.ts";

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
  const { body } = templateBody(template);
  return {
    resources: membersOf(body, "Resources").filter(([, resource]) => !("Condition" in resource)).length,
    parameters: membersOf(body, "Parameters").map(([name, { Default: value, Description: description }]) => ({
      name,
      hasDefault: value !== undefined,
      description: typeof description === "string" ? description : undefined,
    })),
  };
};

const membersOf = (body: JsonObject | undefined, section: string): readonly (readonly [string, JsonObject])[] => {
  const members = body?.[section];
  return Object.entries(isJsonObject(members) ? members : {}).flatMap(([name, member]) =>
    isJsonObject(member) ? [[name, member] as const] : [],
  );
};
