import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../kernel/json.ts";
import { evaluateConditions } from "./conditions.ts";
import { cidrBlocks } from "./intrinsics/cidr.ts";
import { KNOWN_AFTER_APPLY } from "./intrinsics/intrinsic.ts";
import { parseTemplate } from "./parse.ts";
import { pseudoParameters } from "./pseudoParameters.ts";
import { readTemplate } from "./read.ts";
import { noResources, type Resolver, resolver } from "./resolve.ts";

const TEMPLATE = `
Mappings:
  M: {us-east-1: {Ami: ami-1, Size: 2, List: [a, b]}}
Conditions:
  Prod: !Equals [!Ref Env, prod]
  Dev: !Not [!Condition Prod]
  Both: !And [!Condition Prod, !Condition Dev]
  Either: !Or [!Condition Prod, !Condition Dev]
  Mapped: !Equals [!FindInMap [M, !Ref AWS::Region, Ami], ami-1]
  Text: !Equals [true, "true"]
Resources: {Q: {Type: AWS::SQS::Queue}}
`;

const around = {
  parameters: new Map<string, JsonValue>([
    ...pseudoParameters({
      accountId: "123456789012",
      region: "us-east-1",
      partition: "aws",
      stackId: "arn:stack",
      stackName: "demo",
      notificationArns: [],
    }),
    ["Env", "prod"],
    ["Names", ["a", "b"]],
  ]),
  availabilityZones: (region: string) => [`${region}a`, `${region}b`],
};
const template = readTemplate(parseTemplate(TEMPLATE).body);
const conditions = evaluateConditions(template, around);
const early: Resolver = resolver({
  ...around,
  mappings: template.mappings,
  condition: (name) => conditions.get(name),
  resources: noResources,
  exported: (name) => (name === "shared-vpc" ? "vpc-1" : undefined),
});
const late = early.with({
  reference: (id) => (id === "Q" ? "https://queue" : undefined),
  attribute: (id, name) => (id === "Q" ? `${id}/${name}` : undefined),
});
const node = (yaml: string): JsonValue => parseTemplate(`P: ${yaml}`).body["P"] ?? null;

it("evaluates conditions", () => {
  expect(Object.fromEntries(conditions)).toEqual({
    Prod: true,
    Dev: false,
    Both: false,
    Either: true,
    Mapped: true,
    Text: true,
  });
});

it("refuses conditions that go in a circle", () => {
  const circle = readTemplate(
    parseTemplate("Conditions: {A: !Not [!Condition B], B: !Not [!Condition A]}\nResources: {Q: {Type: T}}").body,
  );
  expect(() => evaluateConditions(circle, around)).toThrow("Found circular condition dependency between A and B and A");
});

describe("values", () => {
  it.each<[string, JsonValue]>([
    ["!Ref Env", "prod"],
    ["!Ref Names", ["a", "b"]],
    ["!Ref Q", "https://queue"],
    ["!GetAtt Q.Arn", "Q/Arn"],
    ["!GetAtt [Q, !Ref Env]", "Q/prod"],
    ["!Sub '${Env}-${Q}-${Q.Arn}-${!Env}-${AWS::Region}'", "prod-https://queue-Q/Arn-${Env}-us-east-1"],
    ["!Sub ['${A}${Env}', {A: !Ref Env, B: 1}]", "prodprod"],
    ["!Sub ['${Env}', {Env: 5}]", "5"],
    ["!Join [',', !Ref Names]", "a,b"],
    ["!Join ['', [a, 1, true, !Ref Q]]", "a1truehttps://queue"],
    ["!Join [':', []]", ""],
    ["!Split [',', 'a,,b']", ["a", "", "b"]],
    ["!Select [1, !Ref Names]", "b"],
    ["!Select ['0', !GetAZs '']", "us-east-1a"],
    ["!GetAZs eu-west-1", ["eu-west-1a", "eu-west-1b"]],
    ["!FindInMap [M, us-east-1, List]", ["a", "b"]],
    ["!FindInMap [M, nowhere, Ami, {DefaultValue: !Ref Env}]", "prod"],
    ["!FindInMap [M, !Ref AWS::Region, Size]", 2],
    ["!If [Prod, a, !Ref Nothing]", "a"],
    ["[a, !If [Dev, b, !Ref AWS::NoValue], c]", ["a", "c"]],
    ["{A: !If [Dev, b, !Ref AWS::NoValue], C: d}", { C: "d" }],
    ["!Base64 hé", "aMOp"],
    ["!ImportValue shared-vpc", "vpc-1"],
    ["!Length !Ref Names".replace("!Length !Ref Names", "{'Fn::Length': {Ref: Names}}"), 2],
    ["!ToJsonString {a: [!Ref Env]}", '{"a":["prod"]}'],
    ["!Cidr [10.0.0.0/24, 2, 5]", ["10.0.0.0/27", "10.0.0.32/27"]],
    ["{Condition: {Bool: {a: b}}}", { Condition: { Bool: { a: "b" } } }],
  ])("%s", (yaml, expected) => expect(late.value(node(yaml))).toEqual(expected));

  it.each<[string, string]>([
    ["!Select [2, [a]]", "Template error: Fn::Select cannot select nonexistent value at index 2"],
    ["!FindInMap [M, eu-west-1, Ami]", "Template error: Unable to get mapping for M::eu-west-1::Ami"],
    ["!Sub '${Names}'", "Template error: variable Names in Fn::Sub expression does not resolve to a string"],
    ["!ImportValue nothing", "No export named nothing found."],
    ["!Join [',', text]".replace("text", "!Ref Env"), "Template error: every Fn::Join object requires two parameters"],
  ])("refuses %s", (yaml, message) => expect(() => late.value(node(yaml))).toThrow(message));
});

describe("before there are resources", () => {
  it.each<[string, JsonValue]>([
    ["!Ref Q", KNOWN_AFTER_APPLY],
    ["!Sub 'a-${Q.Arn}'", `a-${KNOWN_AFTER_APPLY}`],
    ["!Join ['/', [a, !Ref Q]]", KNOWN_AFTER_APPLY],
    ["!Select [0, !Split [':', !GetAtt Q.Arn]]", KNOWN_AFTER_APPLY],
    ["!Select [0, [a, !Ref Q]]", "a"],
    ["!Base64 {Ref: Q}", KNOWN_AFTER_APPLY],
    ["!ToJsonString {a: !Ref Q}", KNOWN_AFTER_APPLY],
    ["{A: !Ref Q, B: c}", { A: KNOWN_AFTER_APPLY, B: "c" }],
  ])("%s", (yaml, expected) => expect(early.value(node(yaml))).toEqual(expected));
});

describe("Fn::Cidr", () => {
  it.each([
    [
      "192.168.0.0/24",
      6,
      5,
      [
        "192.168.0.0/27",
        "192.168.0.32/27",
        "192.168.0.64/27",
        "192.168.0.96/27",
        "192.168.0.128/27",
        "192.168.0.160/27",
      ],
    ],
    ["10.0.7.9/16", 2, 8, ["10.0.0.0/24", "10.0.1.0/24"]],
    ["2600:1f18:abc:de00::/56", 2, 64, ["2600:1f18:abc:de00::/64", "2600:1f18:abc:de01::/64"]],
  ])("cuts %s", (block, count, bits, expected) => expect(cidrBlocks(block, count, bits)).toEqual(expected));

  it("cuts blocks that do not overlap and stay inside", () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 24 }), fc.integer({ min: 1, max: 8 }), (prefix, bits) => {
        const blocks = cidrBlocks(`10.0.0.0/${prefix}`, Math.min(256, 2 ** (32 - prefix - bits)), bits);
        expect(new Set(blocks).size).toBe(blocks.length);
        expect(blocks.every((block) => block.startsWith("10.") && block.endsWith(`/${32 - bits}`))).toBe(true);
      }),
    );
  });

  it.each([
    ["10.0.0.0/24", 9, 5],
    ["10.0.0.0/24", 0, 5],
    ["10.0.0/24", 1, 5],
    ["10.0.0.0/33", 1, 5],
  ])("refuses %s, %s, %s", (block, count, bits) => expect(() => cidrBlocks(block, count, bits)).toThrow("Fn::Cidr"));
});
