import { describe, expect, test } from "vitest";
import { checkPolicy } from "./policy.ts";

const NOW = Date.parse("2026-01-01T00:00:00Z");

const check = (
  conditions: readonly unknown[],
  fields: Record<string, string> = {},
  expiration = "2026-01-01T01:00:00Z",
) => {
  const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString("base64");
  return checkPolicy(policy, new Map(Object.entries(fields)), "b", NOW);
};

describe("the policy of a form", () => {
  test("says by its conditions what each field may be, and how large the file", () => {
    expect(
      check(
        [
          { bucket: "b" },
          ["starts-with", "$key", "user/"],
          ["eq", "$Content-Type", "text/plain"],
          ["content-length-range", 1, 9],
        ],
        { key: "user/a", "content-type": "text/plain", policy: "…", "x-amz-signature": "…", "x-ignore-me": "1" },
      ),
    ).toEqual({ min: 1, max: 9 });
    expect(check([["starts-with", "$key", ""]], { key: "anything" })).toBeUndefined();
  });

  test("is refused in S3's words where it is over, does not hold, says nothing of a field, or is none", () => {
    expect(() => check([], {}, "2026-01-01 01:00:00")).toThrow("Invalid 'expiration' value: '2026-01-01 01:00:00'");
    expect(() => check([], {}, "2025-12-31T00:00:00Z")).toThrow("Invalid according to Policy: Policy expired.");
    expect(() => check([["starts-with", "$key", "user/"]], { key: "other" })).toThrow(
      'Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "user/"]',
    );
    expect(() => check([{ bucket: "another" }])).toThrow('Policy Condition failed: ["eq", "$bucket", "another"]');
    expect(() => check([["content-length-range", "some", "10"]])).toThrow("Policy Condition failed");
    expect(() => check([], { acl: "public-read" })).toThrow("Invalid according to Policy: Extra input fields: acl");
    expect(() => check([{ a: "1", b: "2" }])).toThrow("Simple-Conditions must have exactly one property specified.");
    expect(() => checkPolicy("bm9uZQ==", new Map(), "b", NOW)).toThrow("Invalid Policy: Invalid JSON.");
  });
});
