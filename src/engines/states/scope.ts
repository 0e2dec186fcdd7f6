import { known } from "../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import type { Run, Thread } from "./model.ts";
import { objectOf, textOf } from "./values.ts";

/** The states of one line of execution: the machine's own, a branch's or an item processor's. */
export const machineAt = (definition: JsonObject, scope: Thread["scope"]): JsonObject => {
  let at: JsonValue | undefined = definition;
  for (const step of scope) at = memberOf(at, step);
  return known(isJsonObject(at) ? at : undefined, `the states at ${scope.join("/")}`);
};

const memberOf = (at: JsonValue | undefined, step: string | number): JsonValue | undefined => {
  if (Array.isArray(at)) return at[Number(step)];
  return isJsonObject(at) ? at[step] : undefined;
};

/** The state a thread is in, and the language it is written in. */
export const locate = (
  { definition }: Pick<Run, "definition">,
  { scope, state }: Pick<Thread, "scope" | "state">,
): { readonly state: JsonObject; readonly isJsonata: boolean } => {
  const states = objectOf(machineAt(definition, scope), "States");
  const found = known(states && objectOf(states, state), `the state ${state}`);
  const language = textOf(found, "QueryLanguage") ?? textOf(definition, "QueryLanguage");
  return { state: found, isJsonata: language === "JSONata" };
};

/** A thread as it stands now. */
export const threadOf = ({ ledger }: Pick<Run, "ledger">, id: string): Thread =>
  known(ledger.get(id), `the thread ${id}`);

/** Adds an event to a thread's history, of which it is the last one then. */
export const note = (run: Run, id: string, type: string, details?: JsonObject): void =>
  run.ledger.atomically(() => {
    const thread = threadOf(run, id);
    const lastEvent = run.ledger.append(type, thread.lastEvent, details);
    run.ledger.save({ ...thread, lastEvent });
  });
