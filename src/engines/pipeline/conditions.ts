import { known } from "../../kernel/errors.ts";
import {
  type ConditionRun,
  type ConditionType,
  conditionKey,
  type Execution,
  type StageResult,
  type StageRun,
  type StageSpec,
} from "./model.ts";
import type { PipelinePorts } from "./ports.ts";
import { ExecutionAbandoned, runAction } from "./runAction.ts";
import { withCondition } from "./transitions.ts";

/** `met`: all its rules are, or it was overridden; otherwise the result that the condition names. */
export type ConditionEnd = "met" | "abandoned" | "interrupted" | StageResult;

/** Why the rules of a condition are told to end: somebody lets the stage pass without them. */
export class ConditionOverridden extends ExecutionAbandoned {}

/** The means by which a condition that is being looked at is ended early, by execution. */
export type ConditionStops = Map<string, AbortController>;

/**
 * Looks at the conditions of a stage: all rules beside each other, each to be met. What an earlier process found in the
 * same attempt stands.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works-conditions.html
 */
export const checkCondition = async (
  ports: PipelinePorts,
  stops: ConditionStops,
  id: string,
  stage: StageSpec,
  type: ConditionType,
  attempt: StageRun,
  signal: AbortSignal,
): Promise<ConditionEnd> => {
  const condition = stage.conditions?.[type];
  if (!condition) return "met";
  const found = conditionRun(current(ports, id), stage.name, type, attempt);
  if (found?.status === "Succeeded" || found?.status === "Overridden") return "met";
  if (found?.status === "Failed" || found?.status === "Errored") return condition.result;
  const keep = (run: Pick<ConditionRun, "status" | "summary">): void =>
    ports.executions.put(
      withCondition(current(ports, id), stage.name, type, {
        ...run,
        attempt: attempt.retryFrom,
        changedAt: ports.clock.now(),
      }),
    );
  keep({ status: "InProgress" });
  const stop = new AbortController();
  stops.set(id, stop);
  const { retryFrom } = attempt;
  const step = { executionId: id, stage, attempt: { since: retryFrom, retryFrom }, condition: type };
  const ends = await Promise.all(
    condition.rules.map((action) => runAction(ports, { ...step, action }, AbortSignal.any([signal, stop.signal]))),
  ).finally(() => stops.delete(id));
  if (conditionRun(current(ports, id), stage.name, type, attempt)?.status === "Overridden") return "met";
  if (ends.includes("interrupted")) return "interrupted";
  if (ends.includes("abandoned")) {
    keep({ status: "Abandoned" });
    return "abandoned";
  }
  const failed = ruleFailures(ports, id, stage, type, attempt);
  const [first] = failed;
  if (!first) {
    keep({ status: "Succeeded", summary: "All rules succeeded." });
    return "met";
  }
  const errored = failed.some(({ error }) => error && error.code !== "JobFailed");
  const cause = first.error?.message ?? first.summary ?? "";
  keep({ status: errored ? "Errored" : "Failed", summary: `Rule ${first.action.name} failed: ${cause}` });
  return condition.result;
};

/** The condition's run in this attempt, if it was begun. */
const conditionRun = (
  { conditions }: Execution,
  stage: string,
  type: ConditionType,
  { retryFrom }: StageRun,
): ConditionRun | undefined => {
  const run = conditions?.[conditionKey(stage, type)];
  return run?.attempt === retryFrom ? run : undefined;
};

const ruleFailures = (
  { executions }: PipelinePorts,
  id: string,
  stage: StageSpec,
  type: ConditionType,
  run: StageRun,
) =>
  [...executions.ruleRuns(known(executions.get(id), `the pipeline execution ${id}`))].filter(
    ({ stageName, condition, number, status }) =>
      stageName === stage.name && condition === type && number >= run.retryFrom && status === "Failed",
  );

const current = ({ executions }: PipelinePorts, id: string): Execution =>
  known(executions.get(id), `the pipeline execution ${id}`);
