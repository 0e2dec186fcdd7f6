import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../kernel/json.ts";
import { conditionTest } from "./conditions.ts";

const context = new Map<string, readonly string[]>([
  ["aws:username", ["Ada"]],
  ["aws:sourceip", ["203.0.113.7"]],
  ["aws:currenttime", ["2026-03-01T12:00:00Z"]],
  ["aws:epochtime", ["1772366400"]],
  ["aws:securetransport", ["true"]],
  ["aws:sourcearn", ["arn:aws:sns:eu-west-1:111122223333:topic"]],
  ["aws:tagkeys", ["env", "team"]],
  ["s3:max-keys", ["10"]],
  ["s3:prefix", [""]],
  ["kms:grant", ["QUI="]],
  ["aws:principaltag/team", ["blue"]],
  ["aws:resourcetag/team", ["blue"]],
]);

const holds = (condition: JsonObject, variables = true) => conditionTest(condition, variables)(context);

describe("condition operators", () => {
  test.each<[string, string, string | readonly string[], boolean]>([
    ["StringEquals", "AWS:UserName", "Ada", true],
    ["StringEquals", "aws:username", "ada", false],
    ["StringEquals", "aws:username", ["Bob", "Ada"], true],
    ["StringEquals", "aws:username", "A*", false],
    ["StringNotEquals", "aws:username", ["Bob", "Ada"], false],
    ["StringNotEquals", "aws:username", ["Bob", "Eve"], true],
    ["StringEqualsIgnoreCase", "aws:username", "ADA", true],
    ["StringNotEqualsIgnoreCase", "aws:username", "ADA", false],
    ["StringLike", "aws:username", "?d*", true],
    ["StringNotLike", "aws:username", "A*", false],
    ["NumericEquals", "s3:max-keys", "10.0", true],
    ["NumericNotEquals", "s3:max-keys", "10", false],
    ["NumericLessThan", "s3:max-keys", "10", false],
    ["NumericLessThanEquals", "s3:max-keys", "10", true],
    ["NumericGreaterThan", "s3:max-keys", "9", true],
    ["NumericGreaterThanEquals", "s3:max-keys", "11", false],
    ["NumericEquals", "aws:username", "10", false],
    ["DateLessThan", "aws:CurrentTime", "2026-03-01T12:00:01Z", true],
    ["DateGreaterThan", "aws:CurrentTime", "2026", true],
    ["DateEquals", "aws:CurrentTime", "2026-03-01T13:00:00+01:00", true],
    ["DateEquals", "aws:EpochTime", "2026-03-01T12:00:00Z", true],
    ["DateNotEquals", "aws:EpochTime", "1772366400", false],
    ["DateLessThanEquals", "aws:CurrentTime", "not a date", false],
    ["Bool", "aws:SecureTransport", "TRUE", true],
    ["Bool", "aws:SecureTransport", "false", false],
    ["BinaryEquals", "kms:grant", "QUI=", true],
    ["BinaryEquals", "kms:grant", "QUM=", false],
    ["IpAddress", "aws:SourceIp", "203.0.113.0/24", true],
    ["IpAddress", "aws:SourceIp", "203.0.113.8", false],
    ["IpAddress", "aws:SourceIp", ["2001:db8::/32", "203.0.113.7"], true],
    ["NotIpAddress", "aws:SourceIp", "203.0.113.0/24", false],
    ["ArnEquals", "aws:SourceArn", "arn:aws:sns:*:111122223333:topic", true],
    ["ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:other", false],
    ["ArnNotLike", "aws:SourceArn", "arn:aws:sns:*:*:other", true],
    ["ArnNotEquals", "aws:SourceArn", "arn:aws:sns:*:*:topic", false],
    ["Null", "aws:TokenIssueTime", "true", true],
    ["Null", "aws:username", "true", false],
    ["Null", "aws:username", "false", true],
  ])("%s %s %s: %s", (operator, key, value, expected) => {
    expect(holds({ [operator]: { [key]: value } })).toBe(expected);
  });

  test("an IPv6 range covers its addresses only", () => {
    const test6 = conditionTest({ IpAddress: { "aws:SourceIp": "2001:db8:1234::/48" } }, true);
    expect(test6(new Map([["aws:sourceip", ["2001:db8:1234:1::1"]]]))).toBe(true);
    expect(test6(new Map([["aws:sourceip", ["2001:db8:1235::1"]]]))).toBe(false);
  });

  test("numbers and booleans may stand without quotes", () => {
    expect(holds({ Bool: { "aws:SecureTransport": true }, NumericEquals: { "s3:max-keys": 10 } })).toBe(true);
  });
});

describe("absent keys", () => {
  test.each<[string, boolean]>([
    ["StringEquals", false],
    ["StringLike", false],
    ["StringNotEquals", true],
    ["ArnNotLike", true],
    ["NotIpAddress", true],
    ["Bool", false],
    ["StringEqualsIfExists", true],
    ["StringNotEqualsIfExists", true],
    ["BoolIfExists", true],
    ["ForAllValues:StringEquals", true],
    ["ForAllValues:StringNotEquals", true],
    ["ForAnyValue:StringEquals", false],
    ["ForAnyValue:StringNotEquals", false],
    ["ForAnyValue:StringEqualsIfExists", true],
  ])("%s: %s", (operator, expected) => {
    expect(holds({ [operator]: { "aws:absent": "x" } })).toBe(expected);
  });
});

describe("set operators", () => {
  test.each<[string, readonly string[], boolean]>([
    ["ForAllValues:StringEquals", ["env", "team", "cost"], true],
    ["ForAllValues:StringEquals", ["env"], false],
    ["ForAnyValue:StringEquals", ["env", "cost"], true],
    ["ForAnyValue:StringEquals", ["cost"], false],
    ["ForAllValues:StringNotEquals", ["cost"], true],
    ["ForAllValues:StringNotEquals", ["env"], false],
    ["ForAnyValue:StringNotEquals", ["env"], true],
    ["ForAnyValue:StringNotEquals", ["env", "team"], false],
    ["ForAllValues:StringLike", ["e*", "t*"], true],
    ["StringEquals", ["team"], true],
    ["StringNotEquals", ["team"], false],
  ])("%s %s: %s", (operator, values, expected) => {
    expect(holds({ [operator]: { "aws:TagKeys": values } })).toBe(expected);
  });

  test("take an empty string for an empty set", () => {
    expect(holds({ "ForAllValues:StringEquals": { "s3:prefix": "x" } })).toBe(true);
    expect(holds({ "ForAnyValue:StringEquals": { "s3:prefix": "" } })).toBe(false);
    expect(holds({ StringEquals: { "s3:prefix": "" } })).toBe(true);
  });
});

describe("condition elements", () => {
  test("need every key of every operator", () => {
    const both = {
      StringEquals: { "aws:username": "Ada", "s3:max-keys": "10" },
      Bool: { "aws:SecureTransport": "true" },
    };
    expect(holds(both)).toBe(true);
    expect(holds({ ...both, Null: { "aws:username": "true" } })).toBe(false);
  });

  test("compare one key with another through a variable", () => {
    const condition = { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } };
    expect(holds(condition)).toBe(true);
    expect(holds(condition, false)).toBe(false);
  });

  test("a variable without a value equals nothing", () => {
    expect(holds({ StringEquals: { "aws:username": "${aws:PrincipalTag/none}" } })).toBe(false);
    expect(holds({ StringNotEquals: { "aws:username": "${aws:PrincipalTag/none}" } })).toBe(true);
  });
});
