import { expect, test } from "vitest";
import type { PipeRecord } from "../records.ts";
import { polledQueue, polledStream } from "./poll.ts";

const pipe = (sourceParameters: PipeRecord["sourceParameters"]) => ({ source: "s", sourceParameters }) as PipeRecord;

test("how a queue is read", () => {
  const SqsQueueParameters = { BatchSize: 20, MaximumBatchingWindowInSeconds: 5 };
  expect(polledQueue(pipe({ SqsQueueParameters }))).toEqual({ sourceArn: "s", batchSize: 20, windowSeconds: 5 });
});

test("how a stream is read: without bounds where none are named", () => {
  const least = { StartingPosition: "LATEST", BatchSize: 100 } as const;
  const unbounded = { maxRetries: -1, maxAgeSeconds: -1, tumblingSeconds: 0 };
  expect(polledStream(pipe({ DynamoDBStreamParameters: least }))).toEqual({
    sourceArn: "s",
    batchSize: 100,
    windowSeconds: 0,
    parallelization: 1,
    bisects: false,
    ...unbounded,
  });
  const most = {
    ...least,
    MaximumBatchingWindowInSeconds: 5,
    ParallelizationFactor: 3,
    OnPartialBatchItemFailure: "AUTOMATIC_BISECT",
    MaximumRetryAttempts: 0,
    MaximumRecordAgeInSeconds: 60,
  } as const;
  expect(polledStream(pipe({ DynamoDBStreamParameters: most }))).toEqual({
    sourceArn: "s",
    batchSize: 100,
    windowSeconds: 5,
    parallelization: 3,
    bisects: true,
    maxRetries: 0,
    maxAgeSeconds: 60,
    tumblingSeconds: 0,
  });
});
