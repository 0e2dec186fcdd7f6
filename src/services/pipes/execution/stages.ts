import { deliver } from "../targets/deliver.ts";
import { type Enriched, enrich } from "./enrich.ts";
import type { Execution } from "./execution.ts";
import { StageFailure } from "./failure.ts";
import { type PipeEvent, sourceEvent } from "./transform.ts";

/** An item of a source, as its receivers see it. */
export interface PipeItem {
  readonly id: string;
  readonly value: PipeEvent["value"];
}

export interface Ran {
  /** The items that are to be tried again, by their places. */
  readonly failed: ReadonlySet<number>;
  readonly error?: StageFailure;
}

const NONE: ReadonlySet<number> = new Set();

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-logs-execution-steps.html */
export const runStages = async (execution: Execution, items: readonly PipeItem[]): Promise<Ran> => {
  const { room, pipe, journal } = execution;
  const payload = JSON.stringify(items.map(({ value }) => value));
  journal.note("INFO", "ExecutionStarted", { payload });
  room.meter("Invocations", pipe.name);
  room.meter("EventCount", pipe.name, items.length);
  room.meter("EventSize", pipe.name, Buffer.byteLength(payload));
  try {
    const enriched = await enrichStage(
      execution,
      items.map(({ value }) => sourceEvent(value)),
    );
    const failed = await targetStage(execution, enriched);
    room.meter("ExecutionFailed", pipe.name, 0);
    room.meter("ExecutionPartiallyFailed", pipe.name, failed.size > 0 ? 1 : 0);
    if (failed.size > 0) journal.note("ERROR", "ExecutionPartiallyFailed");
    else journal.note("INFO", "ExecutionSucceeded");
    return { failed };
  } catch (error) {
    if (!(error instanceof StageFailure)) throw error;
    room.meter("ExecutionFailed", pipe.name);
    journal.note("ERROR", "ExecutionFailed", { error: error.document });
    return { failed: new Set(items.keys()), error };
  }
};

const enrichStage = async (execution: Execution, events: readonly PipeEvent[]): Promise<Enriched> => {
  const { enrichment } = execution.pipe;
  if (enrichment === undefined) return { events, isList: true };
  return inStage(execution, "Enrichment", async () => {
    const enriched = await enrich(execution, enrichment, events);
    execution.journal.note("INFO", "EnrichmentStageSucceeded");
    return enriched;
  });
};

const targetStage = async (execution: Execution, enriched: Enriched): Promise<ReadonlySet<number>> => {
  const { room, pipe, journal } = execution;
  if (enriched.events.length === 0) {
    room.meter("TargetStageSkipped", pipe.name);
    journal.note("INFO", "TargetStageSkipped");
    return NONE;
  }
  return inStage(execution, "Target", async () => {
    const failed = await deliver(execution, enriched);
    room.meter("TargetStagePartiallyFailed", pipe.name, failed.size > 0 ? 1 : 0);
    if (failed.size > 0) journal.note("ERROR", "TargetStagePartiallyFailed");
    else journal.note("INFO", "TargetStageSucceeded");
    return failed;
  });
};

/** Tells of a stage's beginning, its failure, and how long it took. */
const inStage = async <T>(
  { room, pipe, journal }: Execution,
  stage: "Enrichment" | "Target",
  work: () => Promise<T>,
): Promise<T> => {
  const startedAt = room.clock.now();
  journal.note("INFO", `${stage}StageEntered`);
  try {
    const result = await work();
    room.meter(`${stage}StageFailed`, pipe.name, 0);
    return result;
  } catch (error) {
    if (error instanceof StageFailure) journal.note("ERROR", `${stage}StageFailed`, { error: error.document });
    room.meter(`${stage}StageFailed`, pipe.name);
    throw error;
  } finally {
    room.meter(`${stage}StageDuration`, pipe.name, room.clock.now() - startedAt);
  }
};
