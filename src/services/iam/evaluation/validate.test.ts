import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../kernel/json.ts";
import { compilePolicyText } from "./compile.ts";
import { type IdentityPolicyKind, identityPolicyFault } from "./validate.ts";

const GOOD = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };
const fault = (statement: JsonObject | readonly JsonObject[], kind: IdentityPolicyKind = "managed") =>
  identityPolicyFault(JSON.stringify({ Version: "2012-10-17", Statement: statement }), kind);

const SYNTAX = "Syntax errors in policy.";
const LEGACY = "The policy failed legacy parsing";

describe("sound policies", () => {
  test.each<[string, JsonObject]>([
    ["plain", GOOD],
    ["lists", { ...GOOD, Action: ["s3:Get*", "*"], Resource: ["*", "arn:aws:s3:::b"] }],
    ["negated elements", { Effect: "Deny", NotAction: "iam:*", NotResource: "arn:aws:iam::1:role/x" }],
    ["conditions", { ...GOOD, Condition: { "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a*"] } } }],
    ["bare booleans and numbers", { ...GOOD, Condition: { Bool: { "aws:SecureTransport": true } } }],
    ["an empty operator", { ...GOOD, Condition: { Whatever: {} } }],
    ["an incomplete ARN", { ...GOOD, Resource: ["arn:aws:codebuild:*", "arn:aws:sqs", "arn:aws:*"] }],
    ["every partition", { ...GOOD, Resource: ["arn:*:s3:::b", "arn:aws-cn:s3:::b"] }],
    ["a role's path", { ...GOOD, Action: "iam:PassRole", Resource: ["arn:aws:iam::*:role/*", "arn:aws:iam::*:*"] }],
    ["a variable", { ...GOOD, Resource: "arn:aws:s3:::b/${aws:username}/*" }],
  ])("%s", (_, statement) => {
    expect(fault(statement)).toBeUndefined();
    expect(fault([statement])).toBeUndefined();
  });
});

describe("refusals", () => {
  test.each<[string, string]>([
    ["", SYNTAX],
    ["nonsense", SYNTAX],
    ["null", SYNTAX],
    ["[]", SYNTAX],
    [" {}", "JSON strings must not have leading spaces"],
    ['{"Version":"2012-10-17"}', SYNTAX],
    ['{"Version":"2012-10-17","Statement":[]}', SYNTAX],
    ['{"Version":"2013-01-01","Statement":[]}', SYNTAX],
    [JSON.stringify({ Version: "2012-10-17", Statement: [GOOD], Extra: 1 }), SYNTAX],
  ])("document %s", (text, expected) => {
    expect(identityPolicyFault(text, "managed")).toBe(expected);
  });

  test.each<[string, JsonObject, string]>([
    ["unknown element", { ...GOOD, Actions: "x" }, SYNTAX],
    ["no effect", { Action: "s3:*", Resource: "*" }, SYNTAX],
    ["unknown effect", { ...GOOD, Effect: "Maybe" }, SYNTAX],
    ["effect in the wrong case", { ...GOOD, Effect: "allow" }, LEGACY],
    ["both actions", { ...GOOD, NotAction: "x:y" }, SYNTAX],
    ["an object for a resource", { ...GOOD, Resource: { Ref: "Table" } }, SYNTAX],
    ["a principal", { ...GOOD, Principal: "*" }, "Policy document should not specify a principal."],
    ["no action", { Effect: "Allow", Resource: "*" }, "Policy statement must contain actions."],
    ["no resource", { Effect: "Allow", Action: "s3:*" }, "Policy statement must contain resources."],
    ["empty resources", { ...GOOD, Resource: [] }, "Policy statement must contain resources."],
    ["unknown operator", { ...GOOD, Condition: { StringsEqual: { "aws:x": "y" } } }, SYNTAX],
    ["Null with IfExists", { ...GOOD, Condition: { NullIfExists: { "aws:x": "true" } } }, SYNTAX],
    ["an object for a value", { ...GOOD, Condition: { StringEquals: { "aws:x": { a: 1 } } } }, SYNTAX],
    ["a date that is none", { ...GOOD, Condition: { DateLessThan: { "aws:CurrentTime": "soon" } } }, LEGACY],
    ["a number that is none", { ...GOOD, Condition: { NumericEquals: { "s3:max-keys": "ten" } } }, LEGACY],
    [
      "action without a vendor",
      { ...GOOD, Action: "GetObject" },
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    ["two colons", { ...GOOD, Action: "ec2:ec2:Run" }, "Actions/Condition can contain only one colon."],
    ["a strange vendor", { ...GOOD, Action: "s 3:Get" }, "Vendor s 3 is not valid"],
    ["no ARN", { ...GOOD, Resource: "bucket" }, 'Resource bucket must be in ARN format or "*".'],
    ["no partition", { ...GOOD, Resource: "arn:s3:::b" }, 'Partition "s3" is not valid for resource "arn:s3:*:*:b:*".'],
    [
      "vendor with a wildcard",
      { ...GOOD, Resource: "arn:aws:s*:::b" },
      "Resource vendor must be fully qualified and cannot contain regexes.",
    ],
    ["an ARN cut short", { ...GOOD, Resource: "arn:aws:s3::b" }, LEGACY],
    [
      "a bucket's region",
      { ...GOOD, Resource: "arn:aws:s3:eu-west-1::b" },
      "Resource arn:aws:s3:eu-west-1::b can not contain region information.",
    ],
    [
      "a role's region",
      { ...GOOD, Resource: "arn:aws:iam:eu-west-1:1:role/r" },
      "IAM resource arn:aws:iam:eu-west-1:1:role/r cannot contain region information.",
    ],
    [
      "a bad Sid",
      { ...GOOD, Sid: "a b" },
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    ],
  ])("%s", (_, statement, expected) => {
    expect(fault(statement)).toBe(expected);
  });

  test("a Sid used twice", () => {
    expect(
      fault([
        { ...GOOD, Sid: "a" },
        { ...GOOD, Sid: "a" },
      ]),
    ).toBe("Statement IDs (SID) in a single policy must be unique.");
  });

  test("IAM's own paths", () => {
    expect(fault({ ...GOOD, Resource: "arn:aws:iam::1:rolle/x" })).toMatch(
      /^IAM resource path must either be "\*" or start with user\//,
    );
  });

  test("the first version of the language, for managed policies only", () => {
    const text = JSON.stringify({ Statement: [GOOD] });
    expect(identityPolicyFault(text, "managed")).toBe("Policy document must be version 2012-10-17 or greater.");
    expect(identityPolicyFault(text, "inline")).toBeUndefined();
  });
});

test("whatever passes compiles, and nothing throws", () => {
  const element = fc.oneof(fc.constantFrom("s3:*", "*", "arn:aws:s3:::b", "x"), fc.array(fc.string()), fc.jsonValue());
  const statement = fc.record(
    {
      Effect: fc.constantFrom("Allow", "Deny", "x"),
      Action: element,
      NotAction: element,
      Resource: element,
      Sid: element,
      Condition: fc.dictionary(
        fc.constantFrom("StringLike", "Bool", "Null", "IpAddress", "x"),
        fc.dictionary(fc.string(), element),
      ),
    },
    { requiredKeys: ["Effect"] },
  );
  fc.assert(
    fc.property(fc.array(statement), (Statement) => {
      const text = JSON.stringify({ Version: "2012-10-17", Statement });
      if (identityPolicyFault(text, "managed") === undefined) compilePolicyText(text).statementsFor("s3:GetObject");
    }),
    { numRuns: 300 },
  );
});
