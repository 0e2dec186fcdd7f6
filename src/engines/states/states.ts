import type { JsonValue } from "../../kernel/json.ts";
import { runBranches, runItems } from "./branches.ts";
import { isTimestamp, ruleHolds } from "./choice.ts";
import { isDistributed, runMapRun } from "./distributed.ts";
import { runtimeFailure, StateFailure } from "./failure.ts";
import {
  argumentsOf,
  type Exit,
  effectiveInput,
  evaluateIn,
  exitByRule,
  exitPassing,
  exitWith,
  numberSetting,
  type Standing,
  settingOf,
  shown,
} from "./flow.ts";
import type { Means, Run } from "./model.ts";
import { threadOf } from "./scope.ts";
import { runTask } from "./task.ts";
import { objectsOf, textOf } from "./values.ts";

/** How a state is left. */
interface Work {
  readonly exit: Exit;
  /** Absent: the end. */
  readonly next: string | undefined;
}

/** Does what a state does. */
export const workOf = async (run: Run, id: string, at: Standing, means: Means): Promise<Work> => {
  const next = textOf(at.state, "Next");
  switch (textOf(at.state, "Type")) {
    case "Pass":
      return { exit: await pass(at), next };
    case "Task":
      return { exit: await exitWith(at, await runTask(run, id, at, means.signal)), next };
    case "Choice":
      return choose(at);
    case "Wait":
      await wait(run, id, at, means.signal);
      return { exit: await exitPassing(at), next };
    case "Succeed":
      return { exit: await exitPassing(at), next: undefined };
    case "Fail":
      throw await failureOf(at);
    case "Parallel":
      return { exit: await exitWith(at, await runBranches(run, id, at, means)), next };
    case "Map":
      return {
        exit: await exitWith(at, await (isDistributed(at.state) ? runMapRun : runItems)(run, id, at, means)),
        next,
      };
    default:
      throw runtimeFailure(`A state of the type '${textOf(at.state, "Type") ?? ""}' cannot run.`);
  }
};

const pass = async (at: Standing): Promise<Exit> => {
  if (at.isJsonata) return exitPassing(at);
  const result = at.state["Result"];
  return exitWith(at, result === undefined ? await argumentsOf(at) : result);
};

const choose = async (at: Standing): Promise<Work> => {
  const input = effectiveInput(at);
  for (const rule of objectsOf(at.state, "Choices")) {
    const holds = at.isJsonata
      ? await conditionHolds(at, rule["Condition"] ?? null)
      : ruleHolds(rule, { input, context: at.context, variables: at.variables });
    if (holds) return { exit: await exitByRule(at, rule), next: textOf(rule, "Next") };
  }
  const next = textOf(at.state, "Default");
  if (next === undefined)
    throw new StateFailure("States.NoChoiceMatched", "No choices matched, and no Default is given.");
  return { exit: await exitPassing(at), next };
};

const conditionHolds = async (at: Standing, condition: JsonValue): Promise<boolean> => {
  const value = await evaluateIn(at, condition, "Condition");
  if (typeof value === "boolean") return value;
  throw new StateFailure(
    "States.QueryEvaluationError",
    `The JSONata expression '${String(condition)}' specified for the field 'Condition' returned an unexpected result type. Expected 'boolean', but was '${value === null ? "null" : typeof value}'`,
    "Condition",
  );
};

const wait = async (run: Run, id: string, at: Standing, signal: AbortSignal): Promise<void> => {
  const { ledger, clock } = run;
  if (threadOf(run, id).waitUntil === undefined) {
    const until = await endOfWait(run, at);
    ledger.save({ ...threadOf(run, id), waitUntil: until });
    await ledger.committed();
  }
  await clock.sleep((threadOf(run, id).waitUntil ?? 0) - clock.now(), signal);
};

const endOfWait = async ({ clock }: Run, at: Standing): Promise<number> => {
  const seconds = await numberSetting(at, "Seconds");
  if (seconds !== undefined) return clock.now() + seconds * 1000;
  const timestamp = (await settingOf(at, "Timestamp")) ?? null;
  if (!isTimestamp(timestamp)) {
    if (at.isJsonata) {
      const cause = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${shown(timestamp)}`;
      throw new StateFailure("States.QueryEvaluationError", cause, "Timestamp");
    }
    const path = textOf(at.state, "TimestampPath");
    const [name, given] = path === undefined ? ["Timestamp", ""] : ["TimestampPath", `${path} == `];
    throw runtimeFailure(
      `The ${name} parameter does not reference a valid ISO-8601 extended offset date-time format string: ${given}${shown(timestamp)}`,
    );
  }
  return Date.parse(String(timestamp));
};

const failureOf = async (at: Standing): Promise<StateFailure> => {
  const [error, cause] = [await settingOf(at, "Error"), await settingOf(at, "Cause")];
  for (const value of [error, cause])
    if (value !== undefined && typeof value !== "string")
      throw runtimeFailure(
        `The Error and the Cause of a Fail state must be text, and one is: ${JSON.stringify(value)}`,
      );
  return new StateFailure(String(error ?? ""), cause === undefined ? undefined : String(cause));
};
