import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import { runtimeFailure, StateFailure } from "./failure.ts";
import { type Chance, callIntrinsic } from "./intrinsics.ts";
import { evaluateTemplate, expressionOf } from "./jsonata.ts";
import { noResults, pathNotFound, putAt, readPath } from "./path.ts";
import { fillTemplate, selectPath, withAssigned } from "./template.ts";
import { textOf } from "./values.ts";

/** A state with what its data flow may speak of. */
export interface Standing {
  readonly state: JsonObject;
  readonly isJsonata: boolean;
  readonly input: JsonValue;
  readonly context: JsonObject;
  readonly variables: JsonObject;
  readonly chance: Chance;
}

/** What leaves a state. */
export interface Exit {
  readonly output: JsonValue;
  readonly variables: JsonObject;
}

const scopeOf = ({ context, variables }: Standing, input: JsonValue) => ({ input, context, variables });

/** What InputPath leaves of the input. */
export const effectiveInput = (at: Standing): JsonValue =>
  at.isJsonata ? at.input : selectPath(at.state["InputPath"], at.input, scopeOf(at, at.input));

/** What a task or a branch is given: the input after InputPath and Parameters, or Arguments. */
export const argumentsOf = async (at: Standing): Promise<JsonValue> => {
  const { state, chance } = at;
  const input = effectiveInput(at);
  if (at.isJsonata) return state["Arguments"] === undefined ? input : evaluateIn(at, state["Arguments"], "Arguments");
  const template = state["Parameters"];
  return template === undefined ? input : fillTemplate(template, scopeOf(at, input), chance);
};

/** A value that may be an expression, under JSONata's `$states`. */
export const evaluateIn = (at: Standing, value: JsonValue, field: string, more: JsonObject = {}): Promise<JsonValue> =>
  evaluateTemplate(
    value,
    { states: { input: at.input, context: at.context, ...more }, variables: at.variables },
    at.chance,
    field,
  );

/** What leaves a state that has a result. */
export const exitWith = async (at: Standing, result: JsonValue): Promise<Exit> => {
  if (at.isJsonata) return exitByExpression(at, at.state, { result }, result);
  const { state } = at;
  const selected = selectedResult(at, result);
  return { output: output(at, placed(at, state, selected)), variables: assigned(at, state, selected) };
};

/** What ResultSelector makes of a result. */
export const selectedResult = (at: Standing, result: JsonValue): JsonValue => {
  const selector = at.state["ResultSelector"];
  return selector === undefined ? result : fillTemplate(selector, scopeOf(at, result), at.chance);
};

/** What leaves a state that only passes on, such as Wait. */
export const exitPassing = async (at: Standing): Promise<Exit> => {
  if (at.isJsonata) return exitByExpression(at, at.state, {}, at.input);
  const input = effectiveInput(at);
  return { output: output(at, input), variables: assigned(at, at.state, input) };
};

/** What a catcher, or a rule of a Choice, makes of the input. */
export const exitByExpression = async (
  at: Standing,
  by: JsonObject,
  more: JsonObject,
  otherwise: JsonValue,
): Promise<Exit> => {
  const { Output: template, Assign: assign } = by;
  const made = template === undefined ? otherwise : await evaluateIn(at, template, "Output", more);
  const set = assign === undefined ? {} : await evaluateIn(at, assign, "Assign", more);
  return { output: made, variables: withAssigned(at.variables, set) };
};

/** What goes on to a catcher's state. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export const exitByCatch = async (at: Standing, catcher: JsonObject, failure: StateFailure): Promise<Exit> => {
  const errorOutput = { Error: failure.error, Cause: failure.reason ?? "" };
  if (at.isJsonata) return exitByExpression(at, catcher, { errorOutput }, errorOutput);
  return { output: placed(at, catcher, errorOutput), variables: assigned(at, catcher, errorOutput) };
};

/** A rule's own Assign, before the state's. */
export const exitByRule = async (at: Standing, rule: JsonObject): Promise<Exit> => {
  if (at.isJsonata) return exitByExpression(at, rule, {}, at.input);
  const input = effectiveInput(at);
  return { output: output(at, input), variables: assigned(at, rule, input) };
};

/** What ResultPath makes of the input and a result. */
export const placed = (at: Standing, { ResultPath: path }: JsonObject, result: JsonValue): JsonValue => {
  if (path === undefined) return result;
  if (path === null) return at.input;
  try {
    return putAt(String(path), at.input, result);
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    throw new StateFailure("States.ResultPathMatchFailure", error.reason);
  }
};

const output = (at: Standing, value: JsonValue): JsonValue =>
  selectPath(at.state["OutputPath"], value, scopeOf(at, value));

const assigned = (at: Standing, { Assign: template }: JsonObject, value: JsonValue): JsonObject =>
  template === undefined
    ? at.variables
    : withAssigned(at.variables, fillTemplate(template, scopeOf(at, value), at.chance));

/** A member that is a value, an expression, or named by a path: `Seconds` and `SecondsPath`. */
export const settingOf = async (at: Standing, member: string): Promise<JsonValue | undefined> => {
  const { state } = at;
  const value = state[member];
  if (value !== undefined)
    return at.isJsonata && typeof value === "string" && expressionOf(value) !== undefined
      ? evaluateIn(at, value, member)
      : value;
  const path = textOf(state, `${member}Path`);
  if (path === undefined) return undefined;
  const scope = scopeOf(at, effectiveInput(at));
  const found = path.startsWith("States.") ? callIntrinsic(path, scope, at.chance) : readPath(path, scope);
  if (found !== undefined) return found;
  const isTold = member === "Error" || member === "Cause";
  throw isTold ? pathNotFound(path, `${member}Path`, at.input) : noResults(path);
};

/** The same for a count or seconds, which must not be negative. */
export const numberSetting = async (at: Standing, member: string): Promise<number | undefined> => {
  const value = await settingOf(at, member);
  if (value === undefined) return undefined;
  if (typeof value === "number" && value >= 0 && Number.isInteger(value)) return value;
  const path = textOf(at.state, `${member}Path`);
  if (path === undefined) {
    throw runtimeFailure(`The ${member} parameter must be a non-negative integer, and is: ${JSON.stringify(value)}`);
  }
  if (member === "MaxConcurrency") {
    throw runtimeFailure(
      `The MaxConcurrencyPath field refers to value "${shown(value)}" which is not a valid integer: ${path}`,
    );
  }
  const isWhole = typeof value === "number" && Number.isInteger(value);
  throw runtimeFailure(
    `The ${member}Path parameter ${isWhole ? "references a negative value" : "cannot be parsed as a long value"}: ${path} == ${shown(value)}`,
  );
};

/** A value in the words of a failure: text as it is. */
export const shown = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value));
