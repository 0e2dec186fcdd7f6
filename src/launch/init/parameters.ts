import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/** A parameter of the application's template that has no default: a launch must say it. */
export interface ProjectParameter {
  readonly name: string;
  readonly description: string | undefined;
  readonly isSecret: boolean;
}

export const parametersOf = (body: JsonObject): readonly ProjectParameter[] =>
  Object.entries(isJsonObject(body["Parameters"]) ? body["Parameters"] : {}).flatMap(([name, parameter]) => {
    if (!isJsonObject(parameter) || parameter["Default"] !== undefined) return [];
    const { Description: description, NoEcho: noEcho } = parameter;
    const isSecret = noEcho === true || noEcho === "true";
    return [{ name, description: typeof description === "string" ? description : undefined, isSecret }];
  });

/** How the pipeline's stack takes the application's parameters and hands them on, as parts of its template. */
export interface HandedOn {
  /** For its Parameters. */
  readonly declared: string;
  /** For the configuration of the action that makes the change set. */
  readonly overrides: string;
}

/** `template` is the rest of the pipeline's, whose names are taken. */
export const handedOn = (parameters: readonly ProjectParameter[], template: string): HandedOn => {
  if (parameters.length === 0) return { declared: "", overrides: "" };
  const taken = new Set([...template.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name));
  const asked = (name: string) => (taken.has(name) ? `Application${name}` : name);
  const pairs = parameters.map(({ name }) => `"${name}": "\${${asked(name)}}"`);
  return {
    declared: parameters.map((parameter) => declarationOf(asked(parameter.name), parameter)).join(""),
    overrides: `                ParameterOverrides: !Sub '{${pairs.join(", ")}}'\n`,
  };
};

const declarationOf = (asked: string, { name, description, isSecret }: ProjectParameter): string => {
  const about = description ?? `The parameter ${name} of the application's template`;
  // A string of JSON is one of YAML.
  return `  ${asked}:
    Type: String
${isSecret ? "    NoEcho: true\n" : ""}    Description: ${JSON.stringify(about)}
`;
};
