import { pollQueue } from "../../../engines/eventSources/queuePoller.ts";
import type { PolledQueue, PolledStream } from "../../../engines/eventSources/source.ts";
import { pollStream } from "../../../engines/eventSources/streamPoller.ts";
import { sourceKind } from "../definition/source.ts";
import { queueConsumer } from "../execution/queueConsumer.ts";
import { streamConsumer } from "../execution/streamConsumer.ts";
import type { PipeRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** Begins to read a pipe's source, or begins anew after a change. */
export const startPolling = (room: Room, pipe: PipeRecord): void =>
  room.polling.start(pipe.name, (signal) =>
    sourceKind(pipe.source) === "sqs"
      ? pollQueue(room, polledQueue(pipe), queueConsumer(room, pipe, signal), signal)
      : pollStream(room, polledStream(pipe), streamConsumer(room, pipe, signal), signal),
  );

export const polledQueue = ({
  source,
  sourceParameters: { SqsQueueParameters: set = {} },
}: PipeRecord): PolledQueue => ({
  sourceArn: source,
  batchSize: set.BatchSize ?? 1,
  windowSeconds: set.MaximumBatchingWindowInSeconds ?? 0,
});

export const polledStream = ({
  source,
  sourceParameters: { DynamoDBStreamParameters: set },
}: PipeRecord): PolledStream => ({
  sourceArn: source,
  batchSize: set?.BatchSize ?? 1,
  windowSeconds: set?.MaximumBatchingWindowInSeconds ?? 0,
  parallelization: set?.ParallelizationFactor ?? 1,
  bisects: set?.OnPartialBatchItemFailure === "AUTOMATIC_BISECT",
  maxRetries: set?.MaximumRetryAttempts ?? -1,
  maxAgeSeconds: set?.MaximumRecordAgeInSeconds ?? -1,
  tumblingSeconds: 0,
});
