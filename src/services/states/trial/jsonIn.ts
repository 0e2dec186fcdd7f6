import type { JsonValue } from "../../../kernel/json.ts";
import { invalidInput } from "../errors.ts";

/** A text of the request as what it holds. Throws InvalidExecutionInput. */
export const jsonIn = (text: string): JsonValue => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidInput(error instanceof Error ? error.message : String(error));
  }
};
