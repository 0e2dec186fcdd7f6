import { expect, test } from "vitest";
import { failedRun } from "./failedRun.ts";

const ID = "6679b8bd-f0d2-4b49-b73b-9f315cff398a";
const run = (failure?: string) => ({ executionId: ID, status: "Failed", stages: [], ...(failure ? { failure } : {}) });

test.each([
  ["a build", "Build / Test: exit status 1", "aloft logs"],
  [
    "a stack that was never made",
    "Deploy / GenerateChangeSet: Stack:arn:aws:cloudformation:us-east-1:000000000000:stack/shop-app/b3f99d44 is in ROLLBACK_COMPLETE state and can not be updated.",
    "aws cloudformation delete-stack --stack-name shop-app && aloft retry",
  ],
  ["what says nothing", undefined, "aloft runs 6679b8bd"],
])("what helps after %s is said", (_what, failure, next) => {
  const failed = failedRun("shop-pipeline", run(failure));
  expect(failed.next).toBe(next);
  expect(failed.message).toBe(
    `The run ${ID} of the pipeline shop-pipeline is Failed.${failure === undefined ? "" : `\n${failure}`}`,
  );
});
