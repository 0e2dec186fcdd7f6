import { expect, test } from "vitest";
import { readContent } from "./content.ts";
import { isInPool } from "./pool.ts";

const USER = "arn:aws:iam::123456789012:user/team/Mary";
const SESSION = "arn:aws:sts::123456789012:assumed-role/Review/Mary";

test.each([
  [USER, USER, true],
  [USER, "arn:aws:iam::123456789012:user/*", true],
  [USER, "CodeCommitApprovers:123456789012:Mary", true],
  [USER, "CodeCommitApprovers:210987654321:Mary", false],
  [SESSION, "arn:aws:sts::123456789012:assumed-role/Review/*", true],
  [SESSION, "CodeCommitApprovers:123456789012:Mary", false],
  [SESSION, "CodeCommitApprovers:123456789012:*Mary", true],
  [SESSION, "CodeCommitApprovers:123456789012:Review/Mary", true],
  [SESSION, "CodeCommitApprovers:123456789012:Re.iew/Mary", false],
])("%s in the pool of %s: %s", (arn, member, expected) => {
  expect(isInPool(arn, [member])).toBe(expected);
});

test("anybody is in no pool's place", () => {
  expect(isInPool(USER, undefined)).toBe(true);
});

const content = (statement: object, more: object = {}) =>
  JSON.stringify({ Version: "2018-11-08", Statements: [{ Type: "Approvers", ...statement }], ...more });

test("the content of a rule is read", () => {
  expect(readContent(content({ NumberOfApprovalsNeeded: 2 }, { DestinationReferences: ["refs/heads/main"] }))).toEqual({
    destinations: ["refs/heads/main"],
    statements: [{ needed: 2 }],
  });
});

test.each([
  "{",
  "[]",
  '{"Version":"2018-11-08"}',
  '{"Version":"2012-10-17","Statements":[{"Type":"Approvers","NumberOfApprovalsNeeded":1}]}',
  content({}),
  content({ NumberOfApprovalsNeeded: 0 }),
  content({ NumberOfApprovalsNeeded: 1, Type: "Others" }),
  content({ NumberOfApprovalsNeeded: 1, ApprovalPoolMembers: ["Mary"] }),
  content({ NumberOfApprovalsNeeded: 1 }, { DestinationReferences: "main" }),
])("%s is no content of a rule", (text) => {
  expect(() => readContent(text)).toThrow("The content for the approval rule is not valid.");
});
