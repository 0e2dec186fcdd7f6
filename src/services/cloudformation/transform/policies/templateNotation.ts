import { Dict, literal, type Value } from "../values/value.ts";

/** A statement of a policy template. */
export interface Grant {
  /** One action alone (a string in the document) or several (a list). */
  readonly actions: string | readonly string[];
  /** Resource texts with `${variables}`; one alone is no list in the document. */
  readonly on: string | readonly string[];
  /** A `StringEquals` condition: the key and its text. */
  readonly when?: readonly [key: string, text: string];
}

/** A policy template: the parameters it needs and what it grants. */
export interface TemplateDefinition {
  readonly parameters: readonly string[];
  readonly grants: readonly Grant[];
}

/** Grants a service's actions, named with spaces between, on one resource or a list of them. */
export const grant = (
  service: string,
  actions: string,
  on: string | readonly string[],
  when?: readonly [key: string, text: string],
): Grant => {
  const named = actions
    .trim()
    .split(/\s+/)
    .map((action) => `${service}:${action}`);
  return when ? { actions: named, on, when } : { actions: named, on };
};

/** As `grant`, for templates whose action is a plain string. */
export const grantOne = (service: string, action: string, on: string): Grant => ({
  actions: `${service}:${action}`,
  on,
});

export const template = (parameters: string, ...grants: Grant[]): TemplateDefinition => ({
  parameters: parameters === "" ? [] : parameters.split(" "),
  grants,
});

/** An ARN in the stack's account and region. */
export const here = (service: string, resource: string): string =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

/** An ARN without account and region. */
export const everywhere = (service: string, resource: string): string =>
  `arn:\${AWS::Partition}:${service}:::${resource}`;

/** The policy document of a template, its parameters filled in. */
export const policyDocument = (definition: TemplateDefinition, parameterValue: (parameter: string) => Value): Dict => {
  const fill = (text: string): Value => filled(text, definition.parameters, parameterValue);
  return Dict.plain({
    Statement: definition.grants.map(({ actions, on, when }) => {
      const statement = Dict.plain({
        Action: typeof actions === "string" ? literal(actions) : actions.map(literal),
        Effect: literal("Allow"),
        Resource: typeof on === "string" ? fill(on) : on.map(fill),
      });
      if (when) {
        statement.put("Condition", Dict.plain({ StringEquals: Dict.plain({ [when[0]]: fill(when[1]) }) }));
      }
      return statement;
    }),
  });
};

const VARIABLE = /\$\{([A-Za-z0-9]+)\}/g;

const filled = (text: string, parameters: readonly string[], parameterValue: (parameter: string) => Value): Value => {
  if (!text.includes("${")) return literal(text);
  const variables = Dict.plain();
  for (const [, name = ""] of text.matchAll(VARIABLE)) {
    const parameter = parameters.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    if (parameter !== undefined) variables.put(name, parameterValue(parameter));
  }
  return Dict.plain({ "Fn::Sub": variables.size === 0 ? literal(text) : [literal(text), variables] });
};
