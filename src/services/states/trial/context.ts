import { textOf } from "../../../engines/states/values.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { own } from "../../../kernel/own.ts";
import { invalid } from "../errors.ts";
import { isWaitingTask, type Subject } from "./subject.ts";

/** The fields of a context object, with the type of each. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
const FIELDS: Readonly<Record<string, Readonly<Record<string, "string" | "number" | "any">>>> = {
  Execution: {
    Id: "string",
    Input: "any",
    Name: "string",
    RoleArn: "string",
    StartTime: "string",
    RedriveCount: "number",
    RedriveTime: "string",
  },
  State: { EnteredTime: "string", Name: "string", RetryCount: "number" },
  StateMachine: { Id: "string", Name: "string" },
  Task: { Token: "string" },
};

const wrong = (why: string) => invalid(`Invalid Context object provided: ${why}`);

/** The context object that a test gives. Throws AWS's refusals. */
export const givenContext = (text: string, { state }: Subject): JsonObject => {
  const context = parsed(text);
  if ("Map" in context) throw wrong("'Map' field is not supported when mocking a Context object");
  if ("Task" in context && !(textOf(state, "Type") === "Task" && isWaitingTask(state)))
    throw wrong(
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    );
  for (const [name, value] of Object.entries(context)) checkPart(name, value);
  return context;
};

const parsed = (text: string): JsonObject => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  if (!isJsonObject(value)) throw wrong("it must be a JSON object");
  return value;
};

const checkPart = (name: string, value: JsonValue): void => {
  const fields = own(FIELDS, name);
  if (!fields) throw wrong(`Field '${name}' is not allowed`);
  if (!isJsonObject(value)) throw wrong(`${name} must be a JSON object`);
  for (const [field, inner] of Object.entries(value)) {
    const type = own(fields, field);
    if (!type) throw wrong(`Field '${field}' is not allowed`);
    if (type !== "any" && typeof inner !== type) throw wrong(`${name}.${field} must be a ${type}`);
  }
};
