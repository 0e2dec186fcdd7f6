import { StateFailure } from "../../../engines/states/failure.ts";
import type { Mock } from "../../../engines/states/trial.ts";
import { listOf, textOf } from "../../../engines/states/values.ts";
import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { invalid } from "../errors.ts";
import type { Subject } from "./subject.ts";

type Asked = InputOf<AwsModels["states"], "TestState">;

/** What is to stand for what a state does. Throws AWS's refusals of one that does not fit. */
export const mockOf = ({ state }: Subject, { mock, revealSecrets, stateConfiguration }: Asked): Mock | undefined => {
  const failures = stateConfiguration?.mapIterationFailureCount;
  if (!mock) {
    if (failures !== undefined)
      throw invalid("TestState does not support MapIterationFailureCount when a mock is not specified.");
    return undefined;
  }
  const type = textOf(state, "Type") ?? "";
  if (!["Task", "Map", "Parallel"].includes(type))
    throw invalid(`State type '${type}' is not supported when a mock is specified`);
  if (revealSecrets) throw invalid("TestState does not support RevealSecrets when a mock is specified.");
  const { result, errorOutput } = mock;
  if ((result === undefined) === (errorOutput === undefined))
    throw invalid("A test mock should have only one of the following fields: [result, errorOutput].");
  if (errorOutput) return { failure: new StateFailure(errorOutput.error ?? "", errorOutput.cause) };
  const value = parsed(result ?? "");
  checkShape(state, type, value);
  return withFailures(state, value, failures ?? 0);
};

const parsed = (text: string): JsonValue => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("Mocked result must be valid JSON");
  }
};

const checkShape = (state: JsonObject, type: string, value: JsonValue): void => {
  const isWritten = type === "Map" && state["ResultWriter"] !== undefined;
  if (isWritten && !isJsonObject(value)) throw invalid("Mocked result must be a JSON object.");
  if (type !== "Task" && !isWritten && !Array.isArray(value)) throw invalid("Mocked result must be an array.");
  if (type === "Parallel" && listOf(value).length !== listOf(state["Branches"]).length)
    throw invalid("Mocked result must contain the same number of items as number of Parallel branches.");
};

/** A Map of which more items fail than it tolerates fails itself. */
const withFailures = (state: JsonObject, value: JsonValue, failures: number): Mock => {
  const items = listOf(value).length;
  if (failures > items)
    throw invalid("Map iteration failure count must be less than or equal to the number of Map iterations");
  const [count, percentage] = [state["ToleratedFailureCount"], state["ToleratedFailurePercentage"]];
  const isPast =
    (typeof count === "number" && failures > count) ||
    (typeof percentage === "number" && (failures * 100) / items > percentage);
  if (!isPast) return { result: value };
  return {
    failure: new StateFailure(
      "States.ExceedToleratedFailureThreshold",
      "The specified tolerated failure threshold was exceeded",
    ),
  };
};
