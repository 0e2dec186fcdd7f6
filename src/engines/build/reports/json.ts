import { errorMessage } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { UnreadableReport } from "./results.ts";

/** A report's JSON; throws UnreadableReport. */
export const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableReport(errorMessage(error));
  }
};

/** The objects of a list; nothing of what is none. */
export const objects = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

export const object = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

export const text = (value: unknown): string => (typeof value === "string" ? value : "");
