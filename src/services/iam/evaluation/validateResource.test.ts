import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../kernel/json.ts";
import { namedPrincipals, resourcePolicyFault } from "./validateResource.ts";

const TRUST = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
const BUCKET = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };

const fault = (kind: "trust" | "resource", ...Statement: readonly JsonObject[]) =>
  resourcePolicyFault(JSON.stringify({ Version: "2012-10-17", Statement }), kind);

describe("sound policies", () => {
  test.each<[string, JsonObject]>([
    ["a service", TRUST],
    ["an account", { ...TRUST, Principal: { AWS: "111122223333" } }],
    [
      "a role and a condition",
      {
        ...TRUST,
        Principal: { AWS: ["arn:aws:iam::111122223333:role/r"] },
        Condition: { StringEquals: { "sts:ExternalId": "x" } },
      },
    ],
    ["session tags", { ...TRUST, Action: ["sts:AssumeRole", "sts:TagSession"] }],
  ])("trust: %s", (_, statement) => {
    expect(fault("trust", statement)).toBeUndefined();
  });

  test("resource: everyone but one", () => {
    const all = {
      ...BUCKET,
      Effect: "Deny",
      Principal: undefined,
      NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" },
    };
    expect(fault("resource", BUCKET, JSON.parse(JSON.stringify(all)))).toBeUndefined();
  });
});

describe("refusals", () => {
  test.each<[string, string]>([
    ["{", "This policy contains invalid Json"],
    ["\n{}", "JSON strings must not have leading spaces"],
    ["{}", "Could not parse the policy: Statement is empty!"],
    ['{"Version":"2020-01-01","Statement":[{}]}', "The policy must contain a valid version string"],
  ])("document %s", (text, expected) => {
    expect(resourcePolicyFault(text, "trust")).toBe(expected);
  });

  test.each<[string, JsonObject, string]>([
    ["no effect", { Principal: "*", Action: "sts:AssumeRole" }, "Missing required field Effect"],
    ["unknown effect", { ...TRUST, Effect: "allow" }, "Invalid effect: allow"],
    ["no principal", { Effect: "Allow", Action: "sts:AssumeRole" }, "Missing required field Principal"],
    ["nobody", { ...TRUST, Principal: {} }, "Missing required field Principal cannot be empty!"],
    ["a bare name", { ...TRUST, Principal: "lambda.amazonaws.com" }, "Principal must be a JSON object."],
    ["an unknown kind", { ...TRUST, Principal: { Group: "x" } }, 'Invalid principal in policy: "Group"'],
    ["a malformed name", { ...TRUST, Principal: { AWS: "bob" } }, 'Invalid principal in policy: "AWS":"bob"'],
    [
      "part of a name",
      { ...TRUST, Principal: { AWS: "arn:aws:iam::111122223333:role/*" } },
      'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/*"',
    ],
    [
      "NotPrincipal",
      { Effect: "Deny", NotPrincipal: { AWS: "*" }, Action: "sts:AssumeRole" },
      "AssumeRole policy must not contain NotPrincipal field.",
    ],
    ["no action", { Effect: "Allow", Principal: "*" }, "Missing required field Action"],
    [
      "another service's action",
      { ...TRUST, Action: "s3:*" },
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    ["a resource", { ...TRUST, Resource: "*" }, "Has prohibited field Resource"],
    ["an unknown operator", { ...TRUST, Condition: { Equals: { "aws:x": "y" } } }, "Syntax error in policy."],
  ])("trust: %s", (_, statement, expected) => {
    expect(fault("trust", statement)).toBe(expected);
  });

  test("resource: no resource, and Sids used twice", () => {
    expect(fault("resource", { Effect: "Allow", Principal: "*", Action: "s3:*" })).toBe(
      "Missing required field Resource",
    );
    expect(fault("resource", { ...BUCKET, Sid: "a" }, { ...BUCKET, Sid: "a" })).toBe(
      "The Statement Ids in the policy are not unique",
    );
  });
});

test("the principals a policy names", () => {
  const statement = { ...TRUST, Principal: { AWS: ["111122223333", "*"], Service: "x.amazonaws.com" } };
  expect(namedPrincipals({ Statement: [statement, BUCKET] })).toEqual(["111122223333", "*"]);
});
