import { expect, test } from "vitest";
import { namedError } from "../kernel/errors.ts";
import { awsFailureOf } from "./awsFailure.ts";

test.each([
  ["CredentialsProviderError", /^There are no AWS credentials: .*\(why\)\.$/, /^aws configure/],
  ["ExpiredTokenException", /^The AWS credentials have expired \(why\)\.$/, /^aws sso login/],
  ["UnrecognizedClientException", /not accepted: UnrecognizedClientException: why$/, /^aws sts get-caller-identity/],
])("%s", (name, message, next) => {
  const failure = awsFailureOf(namedError(name, "why"));
  expect(failure).toEqual({ message: expect.stringMatching(message), next: expect.stringMatching(next) });
});

test("a host that is not found, by the system's code", () => {
  const error = Object.assign(new Error("getaddrinfo ENOTFOUND iam.mars-1.amazonaws.com"), { code: "ENOTFOUND" });
  expect(awsFailureOf(error)?.next).toContain("--region");
});

test("what AWS refuses for what is asked is told as it is", () => {
  expect(awsFailureOf(namedError("AccessDeniedException", "not you"))).toBeUndefined();
  expect(awsFailureOf("nothing")).toBeUndefined();
});
