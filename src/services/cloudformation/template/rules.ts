import { NotImplemented } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { conditionScope } from "./conditions.ts";
import { formatError, functionError, TemplateError, type TemplatePath } from "./errors.ts";
import { callOf, type Scope, textOf } from "./intrinsics/intrinsic.ts";
import type { RuleDefinition, Template } from "./model.ts";
import type { Ground } from "./resolve.ts";
import { section, stringMember } from "./section.ts";

/** Reads the `Rules` section. */
export const readRules = (body: JsonObject): ReadonlyMap<string, RuleDefinition> =>
  new Map(section(body, "Rules").map(([name, rule]) => [name, readRule(rule, ["Rules", name])]));

const readRule = (rule: JsonValue, path: TemplatePath): RuleDefinition => {
  if (!isJsonObject(rule)) throw formatError("Any Rules member must be a JSON object.", path);
  const assertions = rule["Assertions"];
  if (!Array.isArray(assertions)) throw formatError("Every Rules object must contain an Assertions list.", path);
  return {
    condition: rule["RuleCondition"],
    assertions: assertions.map((assertion: JsonValue, index) => {
      const at = [...path, "Assertions", index];
      if (!isJsonObject(assertion) || assertion["Assert"] === undefined) {
        throw formatError("Every Assertions member must contain an Assert object.", at);
      }
      return {
        assert: assertion["Assert"],
        description: stringMember(
          assertion,
          "AssertDescription",
          at,
          "Every AssertDescription member must be a string.",
        ),
      };
    }),
  };
};

/** Holds parameters' values against the template's rules; throws `TemplateError` naming each assertion that fails. */
export const checkRules = (
  template: Pick<Template, "rules" | "mappings">,
  around: Pick<Ground, "parameters" | "availabilityZones">,
): void => {
  const scope = ruleScope(template, around);
  for (const [name, rule] of template.rules) {
    if (rule.condition !== undefined && !holds(rule.condition, scope)) continue;
    const failed = rule.assertions.find(({ assert }) => !holds(assert, scope));
    if (failed === undefined) continue;
    const why = failed.description ?? JSON.stringify(failed.assert);
    throw new TemplateError(`Template validation error: rule ${name} failed: ${why}`, ["Rules", name]);
  }
};

const ruleScope = (
  template: Pick<Template, "mappings">,
  around: Pick<Ground, "parameters" | "availabilityZones">,
): Scope => {
  const plain = conditionScope(template, around, () => undefined);
  const scope: Scope = {
    ...plain,
    resolve: (node) => {
      const call = callOf(node);
      const inRule = call && RULE_FUNCTIONS[call.name];
      return inRule ? inRule(call.argument, scope) : plain.resolve(node);
    },
  };
  return scope;
};

const holds = (node: JsonValue, scope: Scope): boolean => {
  const call = callOf(node);
  const parts = Array.isArray(call?.argument) ? call.argument : [];
  switch (call?.name) {
    case "Fn::And":
      return parts.every((part: JsonValue) => holds(part, scope));
    case "Fn::Or":
      return parts.some((part: JsonValue) => holds(part, scope));
    case "Fn::Not":
      return !parts.every((part: JsonValue) => holds(part, scope));
    default:
      return textOf(scope.resolve(node)) === "true";
  }
};

type RuleFunction = (argument: JsonValue, scope: Scope) => boolean;

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-rules.html
const RULE_FUNCTIONS: Readonly<Record<string, RuleFunction>> = {
  "Fn::Contains": (argument, scope) => {
    const [list, value] = listAndValue("Fn::Contains", argument, scope);
    return list.includes(value[0] ?? "");
  },
  "Fn::EachMemberEquals": (argument, scope) => {
    const [list, value] = listAndValue("Fn::EachMemberEquals", argument, scope);
    return list.every((item) => item === value[0]);
  },
  "Fn::EachMemberIn": (argument, scope) => {
    const [list, value] = listAndValue("Fn::EachMemberIn", argument, scope);
    return list.every((item) => value.includes(item));
  },
  "Fn::RefAll": () => notBuilt("Fn::RefAll"),
  "Fn::ValueOf": () => notBuilt("Fn::ValueOf"),
  "Fn::ValueOfAll": () => notBuilt("Fn::ValueOfAll"),
};

// These ask about the account's VPCs, subnets and hosted zones, of which there are none here.
const notBuilt = (name: string): never => {
  throw new NotImplemented(`${name} in the Rules of a template`);
};

const listAndValue = (
  name: string,
  argument: JsonValue,
  scope: Scope,
): readonly [readonly string[], readonly string[]] => {
  const [left, right, ...rest] = Array.isArray(argument) ? argument : [];
  if (left === undefined || right === undefined || rest.length > 0) {
    throw functionError(`every ${name} object requires a list of 2 parameters.`);
  }
  return [texts(left, scope), texts(right, scope)];
};

const texts = (node: JsonValue, scope: Scope): readonly string[] => {
  const value = scope.resolve(node);
  return (Array.isArray(value) ? value : [value]).map((item) => textOf(item) ?? JSON.stringify(item));
};
