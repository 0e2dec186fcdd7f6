import { expect, test } from "vitest";
import type { Principal } from "../../../kernel/principal.ts";
import { accessDeniedMessage } from "./accessDenied.ts";
import type { PolicyType } from "./evaluate.ts";

const principal: Principal = {
  kind: "user",
  account: "111122223333",
  arn: "arn:aws:iam::111122223333:user/ada",
  userId: "AIDA",
  userName: "ada",
};
const WHO = "User: arn:aws:iam::111122223333:user/ada is not authorized to perform:";

const message = (action: string, resource: string, decision: "explicitDeny" | "implicitDeny", deniedBy: PolicyType) =>
  accessDeniedMessage({ principal, action, resource, context: new Map() }, { decision, deniedBy, matched: [] });

test.each<["explicitDeny" | "implicitDeny", PolicyType, string]>([
  ["implicitDeny", "identity", "because no identity-based policy allows the sqs:SendMessage action"],
  ["implicitDeny", "boundary", "because no permissions boundary allows the sqs:SendMessage action"],
  ["implicitDeny", "session", "because no session policy allows the sqs:SendMessage action"],
  ["implicitDeny", "resource", "because no resource-based policy allows the sqs:SendMessage action"],
  ["implicitDeny", "key", "because no resource-based policy allows the sqs:SendMessage action"],
  ["explicitDeny", "identity", "with an explicit deny in an identity-based policy"],
  ["explicitDeny", "boundary", "with an explicit deny in a permissions boundary"],
  ["explicitDeny", "session", "with an explicit deny in a session policy"],
  ["explicitDeny", "resource", "with an explicit deny in a resource-based policy"],
])("%s by %s", (decision, deniedBy, reason) => {
  expect(message("sqs:SendMessage", "arn:aws:sqs:eu-west-1:1:q", decision, deniedBy)).toBe(
    `${WHO} sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:1:q ${reason}`,
  );
});

test("S3 quotes the resource", () => {
  expect(message("s3:GetObject", "arn:aws:s3:::b/k", "implicitDeny", "identity")).toBe(
    `${WHO} s3:GetObject on resource: "arn:aws:s3:::b/k" because no identity-based policy allows the s3:GetObject action`,
  );
});

test("a trust policy gives no reason for its silence", () => {
  const role = "arn:aws:iam::111122223333:role/r";
  expect(message("sts:AssumeRole", role, "implicitDeny", "trust")).toBe(`${WHO} sts:AssumeRole on resource: ${role}`);
  expect(message("sts:AssumeRole", role, "explicitDeny", "trust")).toBe(
    `${WHO} sts:AssumeRole on resource: ${role} with an explicit deny in the role trust policy`,
  );
});
