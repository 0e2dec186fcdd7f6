import { expect, test } from "vitest";
import type { JsonObject } from "../../../kernel/json.ts";
import { partsOf } from "./executionParts.ts";

/** A history of so many milliseconds between its events. */
const historyOf = (...events: readonly (readonly [type: string, previous: number, details?: JsonObject])[]) =>
  events.map(([type, previous, details = {}], at) => ({ id: at + 1, type, previous, at: at * 10, details }));

test("a state that follows a Parallel stands beside it, and those of its branches within", () => {
  const parts = partsOf(
    historyOf(
      ["ExecutionStarted", 0],
      ["ParallelStateEntered", 0, { name: "Both" }],
      ["ParallelStateStarted", 2],
      ["PassStateEntered", 3, { name: "Left" }],
      ["PassStateExited", 4, { name: "Left" }],
      ["PassStateEntered", 3, { name: "Right" }],
      ["PassStateExited", 6, { name: "Right" }],
      ["ParallelStateSucceeded", 7],
      ["ParallelStateExited", 8, { name: "Both" }],
      ["PassStateEntered", 9, { name: "After" }],
    ),
  );
  expect(parts.map(({ name, within, startedAt, endedAt }) => [name, within?.name, startedAt, endedAt])).toEqual([
    ["Both", undefined, 10, 80],
    ["Left", "Both", 30, 40],
    ["Right", "Both", 50, 60],
    ["After", undefined, 90, undefined],
  ]);
});

test("each try of a task is told apart, with why it failed", () => {
  const names = { resourceType: "dynamodb", resource: "putItem" };
  const [part] = partsOf(
    historyOf(
      ["TaskStateEntered", 0, { name: "Put" }],
      ["TaskScheduled", 1, { ...names, parameters: '{"TableName":"facts"}' }],
      ["TaskStarted", 2, names],
      ["TaskFailed", 3, { ...names, error: "DynamoDB.Busy", cause: "later" }],
      ["TaskScheduled", 4, { ...names, parameters: '{"TableName":"facts"}' }],
      ["TaskSucceeded", 5, names],
      ["TaskStateExited", 6, { name: "Put" }],
    ),
  );
  const shared = { service: "dynamodb", operation: "putItem", parameters: { TableName: "facts" } };
  expect(part?.attempts).toEqual([
    { ...shared, event: 2, startedAt: 10, endedAt: 30, failure: { error: "DynamoDB.Busy", cause: "later" } },
    { ...shared, event: 5, startedAt: 40, endedAt: 50 },
  ]);
});
