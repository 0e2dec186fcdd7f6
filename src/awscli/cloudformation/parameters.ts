import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { errorMessage } from "../../kernel/errors.ts";
import { isRecord } from "../clients.ts";
import { type Io, parameterError, usageError } from "../io.ts";

const OPTION = "--parameter-overrides";

/** `Key=Value …`, or JSON in any of the forms that CloudFormation's tools have for parameters, also from a file. */
export const parameterOverrides = async (words: readonly string[], io: Io): Promise<ReadonlyMap<string, string>> => {
  const [first = ""] = words;
  const file = /^file:\/\/(.*)$/s.exec(first)?.[1];
  if (file !== undefined) return fromJson(await readFile(resolve(io.cwd, file), "utf8"));
  if (words.length === 1 && /^\s*[[{]/.test(first)) return fromJson(first);
  return new Map(words.map(pairOf));
};

const pairOf = (word: string): readonly [string, string] => {
  const equals = word.indexOf("=");
  if (equals < 0) throw usageError(`['${word}'] value passed to ${OPTION} must be of format Key=Value`);
  return [word.slice(0, equals), word.slice(equals + 1)];
};

const fromJson = (text: string): ReadonlyMap<string, string> => {
  const value = parsed(text);
  if (Array.isArray(value)) return new Map(value.map(entryOf));
  const parameters = isRecord(value) ? (value["Parameters"] ?? value) : undefined;
  if (!isRecord(parameters)) throw parameterError(OPTION, "expected an object or a list");
  return new Map(Object.entries(parameters).map(([key, each]) => [key, String(each)]));
};

const entryOf = (entry: unknown): readonly [string, string] => {
  if (typeof entry === "string") return pairOf(entry);
  if (isRecord(entry) && typeof entry["ParameterKey"] === "string")
    return [entry["ParameterKey"], String(entry["ParameterValue"])];
  throw parameterError(OPTION, `unexpected entry ${JSON.stringify(entry)}`);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw parameterError(OPTION, `Invalid JSON: ${errorMessage(error)}`);
  }
};
