import { isJsonObject, type JsonValue } from "../../../../kernel/json.ts";
import { functionError, type TemplatePath } from "../errors.ts";
import { type Intrinsic, type Resolved, type Scope, textOf } from "./intrinsic.ts";

/** `Fn::If`: one of two values. The value that is not taken is not looked at, so what it names need not exist. */
export const ifFunction: Intrinsic = {
  name: "Fn::If",
  check(argument, path) {
    if (!Array.isArray(argument) || typeof argument[0] !== "string") {
      throw functionError("Fn::If requires a list argument with the first element being a condition", path);
    }
    if (argument.length !== 3) throw functionError("Fn::If requires a list argument with three elements", path);
  },
  resolve(argument, scope) {
    return scope.resolve(takenBranch(argument, scope.condition));
  },
};

/** The value an `Fn::If` gives. */
export const takenBranch = (argument: JsonValue, outcome: (name: string) => boolean | undefined): JsonValue => {
  const [name, whenTrue, whenFalse] = Array.isArray(argument) ? argument : [];
  const isTrue = outcome(String(name));
  if (isTrue === undefined) throw functionError(`unresolved condition dependency ${name} in Fn::If`);
  return (isTrue ? whenTrue : whenFalse) ?? null;
};

/** `Fn::Equals`: whether two values read the same. */
export const equals: Intrinsic = {
  name: "Fn::Equals",
  check(argument, path) {
    if (!Array.isArray(argument) || argument.length !== 2) {
      throw functionError("every Fn::Equals object requires a list of 2 string parameters.", path);
    }
  },
  resolve(argument, scope) {
    const [left, right] = Array.isArray(argument) ? argument.map((value) => comparable(scope.resolve(value))) : [];
    return left === right;
  },
};

/** `Fn::And`: whether all of two to ten conditions are true. */
export const and: Intrinsic = severalConditions("Fn::And", (outcomes) => outcomes.every(Boolean));

/** `Fn::Or`: whether any of two to ten conditions is true. */
export const or: Intrinsic = severalConditions("Fn::Or", (outcomes) => outcomes.some(Boolean));

/** `Fn::Not`: whether a condition is false. */
export const not: Intrinsic = {
  name: "Fn::Not",
  check(argument, path) {
    if (!Array.isArray(argument) || argument.length !== 1) {
      throw functionError("every Fn::Not object requires a list with exactly 1 boolean parameter.", path);
    }
  },
  resolve(argument, scope) {
    return !truth(Array.isArray(argument) ? argument[0] : argument, scope);
  },
};

function severalConditions(name: string, combine: (outcomes: readonly boolean[]) => boolean): Intrinsic {
  return {
    name,
    check(argument, path) {
      if (!Array.isArray(argument) || argument.length < 2 || argument.length > 10) throw countError(name, path);
      for (const item of argument) if (!isJsonObject(item)) throw countError(name, path);
    },
    resolve(argument, scope) {
      return combine(Array.isArray(argument) ? argument.map((item) => truth(item, scope)) : []);
    },
  };
}

const countError = (name: string, path: TemplatePath) =>
  functionError(`every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`, path);

/** The outcome of a condition: a function that gives one, or `Condition` and the name of another. */
export const truth = (node: JsonValue, scope: Scope): boolean => {
  const named = conditionName(node);
  if (named !== undefined) {
    const outcome = scope.condition(named);
    if (outcome === undefined) throw functionError(`unresolved condition dependency ${named} in Condition`);
    return outcome;
  }
  const value = scope.resolve(node);
  const text = textOf(value);
  if (text === "true" || text === "false") return text === "true";
  throw functionError("Conditions can only be boolean operations on parameters and other conditions");
};

/** The condition that `{"Condition": name}` names; undefined for anything else. */
export const conditionName = (node: JsonValue): string | undefined => {
  if (!isJsonObject(node) || Object.keys(node).length !== 1) return undefined;
  const name = node["Condition"];
  return typeof name === "string" ? name : undefined;
};

const comparable = (value: Resolved): string => textOf(value) ?? JSON.stringify(value) ?? "";
