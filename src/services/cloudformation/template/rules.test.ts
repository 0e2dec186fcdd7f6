import { expect, it } from "vitest";
import { parseTemplate } from "./parse.ts";
import { checkRules, readRules } from "./rules.ts";

const holdTo = (rule: string, parameters: Record<string, string | string[]>) =>
  checkRules(
    { rules: readRules(parseTemplate(`Rules: {R: ${rule}}`).body), mappings: new Map() },
    { parameters: new Map(Object.entries(parameters)), availabilityZones: () => [] },
  );

const RULE = `{RuleCondition: !Equals [!Ref Env, prod], Assertions: [{Assert: !Contains [[a, b], !Ref Size], AssertDescription: production is a or b}]}`;

it("holds parameters against a rule's assertions when its condition is true", () => {
  holdTo(RULE, { Env: "prod", Size: "a" });
  holdTo(RULE, { Env: "dev", Size: "z" });
  expect(() => holdTo(RULE, { Env: "prod", Size: "z" })).toThrow("rule R failed: production is a or b");
});

it("knows the functions of rules", () => {
  holdTo("{Assertions: [{Assert: !EachMemberIn [!Ref L, [a, b]]}]}", { L: ["a", "b"] });
  holdTo("{Assertions: [{Assert: !Not [!EachMemberEquals [!Ref L, a]]}]}", { L: ["a", "b"] });
  holdTo("{Assertions: [{Assert: !And [!Equals [a, a], !Or [!Contains [[x], y], !Equals [b, b]]]}]}", {});
  expect(() => holdTo("{Assertions: [{Assert: !ValueOfAll [AWS::EC2::VPC::Id, Tags.A]}]}", {})).toThrow("not built");
});
