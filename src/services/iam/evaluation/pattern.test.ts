import { describe, expect, test } from "vitest";
import { patternTest, tokenize } from "./pattern.ts";

const context = new Map([
  ["aws:username", ["ada"]],
  ["aws:principaltag/team", ["a*"]],
  ["aws:tagkeys", ["one", "two"]],
]);

const matches = (pattern: string, text: string, variables = true) =>
  patternTest(tokenize(pattern, { wildcards: true, variables }))(text, context);

describe("policy variables", () => {
  test("stand for the value of the request's key, whatever the case of its name", () => {
    expect(matches("home/${aws:UserName}/*", "home/ada/notes")).toBe(true);
    expect(matches("home/${aws:username}/*", "home/bob/notes")).toBe(false);
  });

  test("hold text: a star in the value is no wildcard", () => {
    expect(matches("${aws:PrincipalTag/team}", "a*")).toBe(true);
    expect(matches("${aws:PrincipalTag/team}", "abc")).toBe(false);
  });

  test("match nothing when the key is absent or has several values", () => {
    expect(matches("x${aws:sourceip}*", "x")).toBe(false);
    expect(matches("${aws:TagKeys}", "one")).toBe(false);
  });

  test("fall back to their default", () => {
    expect(matches("bucket-${aws:PrincipalTag/dept, 'company-wide'}", "bucket-company-wide")).toBe(true);
    expect(matches("bucket-${aws:username, 'company-wide'}", "bucket-ada")).toBe(true);
    expect(matches("${aws:none, 'it''s'}", "it's")).toBe(true);
  });

  test("write the special characters themselves", () => {
    expect(matches("${*}${?}${$}{aws:username}", "*?${aws:username}")).toBe(true);
    expect(matches("${*}", "anything")).toBe(false);
  });

  test("are literal text in a policy of the first version", () => {
    expect(matches("${aws:username}", "${aws:username}", false)).toBe(true);
    expect(matches("${aws:username}*", "${aws:username}x", false)).toBe(true);
    expect(matches("${aws:username}", "ada", false)).toBe(false);
  });

  test("what is no variable stays text", () => {
    expect(matches("a${", "a${")).toBe(true);
    expect(matches("${}", "${}")).toBe(true);
  });
});
