import { describe, expect, test } from "vitest";
import { arnTest, arnText } from "./arnPattern.ts";

const context = new Map([["aws:username", ["a:b"]]]);
const matches = (pattern: string, arn: string) => arnTest(pattern, true)(arnText(arn), context);

describe("ARN patterns", () => {
  test.each([
    ["*", "*", true],
    ["*", "arn:aws:s3:::bucket/key", true],
    ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b", true],
    ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket", false],
    ["arn:aws:dynamodb:*:*:table/Facts", "arn:aws:dynamodb:eu-west-1:111122223333:table/Facts", true],
    ["arn:aws:dynamodb:*:*:table/facts", "arn:aws:dynamodb:eu-west-1:111122223333:table/Facts", false],
    ["arn:aws:logs:*:*:log-group:/aws/*:*", "arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/f:log-stream:x", true],
    ["arn:aws:s3:::bucket", "*", false],
    ["arn:*:iam::?:role/x", "arn:aws-cn:iam::1:role/x", true],
  ])("%s covers %s: %s", (pattern, arn, expected) => {
    expect(matches(pattern, arn)).toBe(expected);
  });

  test("a star does not reach beyond its part", () => {
    const arn = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
    expect(matches("arn:aws:someservice:*:111122223333:finance/*", arn)).toBe(false);
  });

  test("missing parts are completed", () => {
    expect(matches("arn:aws:sqs", "arn:aws:sqs:eu-west-1:111122223333:queue")).toBe(true);
    expect(matches("arn:aws:codebuild:*", "arn:aws:codebuild:eu-west-1:111122223333:project/x")).toBe(true);
    expect(matches("arn:aws:codebuild:*", "arn:aws:sqs:eu-west-1:111122223333:queue")).toBe(false);
  });

  test("the colons of variables and of their values are not the ARN's", () => {
    expect(matches("arn:aws:iam::1:user/${aws:username}", "arn:aws:iam::1:user/a:b")).toBe(true);
  });
});
