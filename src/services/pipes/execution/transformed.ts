import { errorMessage } from "../../../kernel/errors.ts";
import type { Execution } from "./execution.ts";
import { StageFailure } from "./failure.ts";
import { inputOf, type PipeEvent } from "./transform.ts";

/** What a stage is given of each event. AWS: a template is applied to each by itself. */
export const transformed = (
  { pipe, room, journal }: Execution,
  stage: "Enrichment" | "Target",
  template: string | undefined,
  events: readonly PipeEvent[],
): readonly string[] => {
  const now = room.clock.now();
  if (!template) return events.map((event) => inputOf(pipe, template, event, now));
  journal.note("TRACE", `${stage}TransformationStarted`);
  try {
    const inputs = events.map((event) => inputOf(pipe, template, event, now));
    journal.note("TRACE", `${stage}TransformationSucceeded`, { payload: inputs.join(",") });
    return inputs;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const document = { message: `${stage} transformation failed. ${errorMessage(error)}` };
    journal.note("ERROR", `${stage}TransformationFailed`, { error: document });
    throw new StageFailure(document);
  }
};
