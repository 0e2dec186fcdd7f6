import type { JsonValue } from "../../../../kernel/json.ts";
import { functionError, type TemplatePath } from "../errors.ts";
import { type Intrinsic, isCall, isUnknown, KNOWN_AFTER_APPLY, textOf } from "./intrinsic.ts";

const JOIN_TAKES =
  "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.";

/** `Fn::Join`: texts in one, with a delimiter between. */
export const join: Intrinsic = {
  name: "Fn::Join",
  check(argument, path) {
    const [delimiter, list] = pair(argument, JOIN_TAKES, path);
    if (typeof delimiter !== "string" || !(Array.isArray(list) || isCall(list))) throw functionError(JOIN_TAKES, path);
  },
  resolve(argument, scope) {
    const [delimiter, list] = pair(argument, JOIN_TAKES);
    const items = scope.resolve(list);
    if (isUnknown(items)) return KNOWN_AFTER_APPLY;
    if (!Array.isArray(items)) throw functionError(JOIN_TAKES);
    return items.map((item) => required(textOf(item), JOIN_TAKES)).join(String(delimiter));
  },
};

const SELECT_TAKES = "Fn::Select requires a list argument with two elements: an integer index and a list";

/** `Fn::Select`: one item of a list, counted from zero. */
export const select: Intrinsic = {
  name: "Fn::Select",
  check(argument, path) {
    const [index, list] = pair(argument, SELECT_TAKES, path);
    const isIndex = /^\d+$/.test(textOf(index) ?? "");
    if (!isCall(index) && !isIndex) throw functionError(SELECT_TAKES, path);
    if (!(Array.isArray(list) || isCall(list))) throw functionError(SELECT_TAKES, path);
    if (isIndex && Array.isArray(list) && Number(index) >= list.length) throw functionError(SELECT_TAKES, path);
  },
  resolve(argument, scope) {
    const [indexNode, listNode] = pair(argument, SELECT_TAKES);
    const index = textOf(scope.resolve(indexNode)) ?? "";
    if (isUnknown(index)) return KNOWN_AFTER_APPLY;
    if (!/^\d+$/.test(index)) throw functionError(SELECT_TAKES);
    const list = scope.resolve(listNode);
    if (list === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
    if (!Array.isArray(list)) throw functionError(SELECT_TAKES);
    return required(list[Number(index)], `Fn::Select cannot select nonexistent value at index ${index}`);
  },
};

const SPLIT_TAKES =
  "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.";

/** `Fn::Split`: a text divided at a delimiter. */
export const split: Intrinsic = {
  name: "Fn::Split",
  check(argument, path) {
    const [delimiter, source] = pair(argument, SPLIT_TAKES, path);
    if (typeof delimiter !== "string" || delimiter === "" || !(isCall(source) || textOf(source) !== undefined)) {
      throw functionError(SPLIT_TAKES, path);
    }
  },
  resolve(argument, scope) {
    const [delimiter, source] = pair(argument, SPLIT_TAKES);
    const text = required(textOf(scope.resolve(source)), SPLIT_TAKES);
    return isUnknown(text) ? KNOWN_AFTER_APPLY : text.split(String(delimiter));
  },
};

/** `Fn::GetAZs`: the availability zones of a region; an empty text means the stack's own. */
export const getAZs: Intrinsic = {
  name: "Fn::GetAZs",
  check(argument, path) {
    if (typeof argument !== "string" && !isCall(argument)) {
      throw functionError("every Fn::GetAZs object must have a single String value: the region.", path);
    }
  },
  resolve(argument, scope) {
    const region = required(textOf(scope.resolve(argument)), "Fn::GetAZs takes the name of a region.");
    return scope.availabilityZones(region === "" ? (textOf(scope.resolve({ Ref: "AWS::Region" })) ?? "") : region);
  },
};

/** `Fn::Length` (AWS::LanguageExtensions): how many items a list has. */
export const length: Intrinsic = {
  name: "Fn::Length",
  check(argument, path) {
    if (!Array.isArray(argument) && !isCall(argument)) throw functionError(LENGTH_TAKES, path);
  },
  resolve(argument, scope) {
    const list = scope.resolve(argument);
    if (list === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
    if (!Array.isArray(list)) throw functionError(LENGTH_TAKES);
    return list.length;
  },
};

const LENGTH_TAKES = "Fn::Length requires a list, or a function that returns a list.";

const pair = (argument: JsonValue, message: string, path?: TemplatePath): readonly [JsonValue, JsonValue] => {
  if (!Array.isArray(argument)) throw functionError(message, path);
  const [first, second, ...rest] = argument;
  if (first === undefined || second === undefined || rest.length > 0) throw functionError(message, path);
  return [first, second];
};

const required = <T>(value: T | undefined, message: string): T => {
  if (value === undefined) throw functionError(message);
  return value;
};
