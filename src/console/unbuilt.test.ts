import { expect, test } from "vitest";
import type { CallView } from "./calls.ts";
import { unbuiltCalls } from "./unbuilt.ts";

const call = (time: number, error?: CallView["error"]): CallView => ({
  ...{ seq: time, time, durationMs: 0, service: "s3", operation: "A", principal: "root", principalKind: "root" },
  ...{ region: "us-east-1", requestId: "r", decision: error ? "failed" : "allowed", required: [] },
  ...(error ? { error } : {}),
});

test("what is not built is told once, with how often and when last; other failures are not", () => {
  const [one, two] = ["AWS::A::B is not built", "C is not built"].map((message) => ({
    code: "NotImplemented",
    message,
  }));
  const calls = [call(4, one), call(3, { code: "NoSuchBucket", message: "" }), call(2, two), call(1, one), call(0)];
  expect(unbuiltCalls(calls)).toEqual([
    { message: one?.message, times: 2, last: 4 },
    { message: two?.message, times: 1, last: 2 },
  ]);
});
