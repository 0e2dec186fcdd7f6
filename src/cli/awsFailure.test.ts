import { expect, test } from "vitest";
import { namedError } from "../kernel/errors.ts";
import { awsFailureOf } from "./awsFailure.ts";

test.each([
  ["CredentialsProviderError", /^There are no AWS credentials: .*\(why\)\.$/, /^aws configure$/],
  ["ExpiredTokenException", /^The AWS credentials have expired \(why\)\.$/, /^aws sso login$/],
  ["UnrecognizedClientException", /not accepted: UnrecognizedClientException: why$/, /^aws sts get-caller-identity/],
])("%s", (name, message, next) => {
  const failure = awsFailureOf(namedError(name, "why"), "aloft runs --help");
  expect(failure).toEqual({ message: expect.stringMatching(message), next: expect.stringMatching(next) });
});

test("a host that is not found, by the system's code", () => {
  const error = Object.assign(new Error("getaddrinfo ENOTFOUND iam.mars-1.amazonaws.com"), { code: "ENOTFOUND" });
  expect(awsFailureOf(error, "aloft runs --help")).toEqual({
    ...{ message: expect.stringContaining("--region"), next: "aloft runs --help" },
  });
});

test.each([
  ["PipelineNotFoundException", "aloft status"],
  ["AccessDeniedException", "aloft doctor"],
  ["ValidationException", "aloft runs --help"],
])("what AWS refuses for what is asked is told as it is: %s", (name, next) => {
  const refused = Object.assign(namedError(name, "why"), { $metadata: {} });
  expect(awsFailureOf(refused, "aloft runs --help")).toEqual({ message: `${name}: why`, next });
});

test("what no service said is not told as AWS's", () => {
  expect(awsFailureOf(namedError("TypeError", "not a function"), "aloft runs --help")).toBeUndefined();
  expect(awsFailureOf("nothing", "aloft runs --help")).toBeUndefined();
});
