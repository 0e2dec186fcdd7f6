import { validateDefinition } from "../../../engines/states/validate.ts";
import { objectOf, objectsOf, textOf } from "../../../engines/states/values.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { linesOf } from "../definition.ts";
import { invalid, invalidDefinition } from "../errors.ts";

/** The state that is to be tried. */
export interface Subject {
  readonly name: string;
  readonly state: JsonObject;
  readonly isJsonata: boolean;
}

/** What AWS calls a state that comes alone. */
const NAME = "StateName";

/** The state that a definition is, or that it holds by a name. Throws InvalidDefinition and ValidationException. */
export const subjectOf = (definition: string, name: string | undefined): Subject => {
  const parsed = parsedObject(definition);
  if (name === undefined) {
    // AWS: what a state goes on to need not be there.
    refuseProblems(JSON.stringify({ StartAt: NAME, States: { [NAME]: parsed } }), "MISSING_TRANSITION_TARGET");
    return { name: NAME, state: parsed, isJsonata: textOf(parsed, "QueryLanguage") === "JSONata" };
  }
  const state = stateWithin(parsed, name);
  if (!state) throw invalid("State not found in definition");
  refuseProblems(definition);
  const language = textOf(state, "QueryLanguage") ?? textOf(parsed, "QueryLanguage");
  return { name, state, isJsonata: language === "JSONata" };
};

const parsedObject = (definition: string): JsonObject => {
  try {
    const parsed: unknown = JSON.parse(definition);
    if (isJsonObject(parsed)) return parsed;
  } catch {
    // Told below, in the words of the validation.
  }
  throw invalidDefinition(linesOf(validateDefinition(definition, { type: "STANDARD" })));
};

const refuseProblems = (definition: string, tolerated?: string): void => {
  const problems = validateDefinition(definition, { type: "STANDARD" }).filter(({ code }) => code !== tolerated);
  if (problems.length > 0) throw invalidDefinition(linesOf(problems));
};

/** A state of a machine, or of the branches and items within it. */
const stateWithin = (machine: JsonObject, name: string): JsonObject | undefined => {
  const states = objectOf(machine, "States") ?? {};
  const own = Object.hasOwn(states, name) ? objectOf(states, name) : undefined;
  if (own) return own;
  for (const state of Object.values(states).filter(isJsonObject)) {
    const inner = [...objectsOf(state, "Branches"), objectOf(state, "ItemProcessor"), objectOf(state, "Iterator")];
    for (const each of inner) {
      const found = each && stateWithin(each, name);
      if (found) return found;
    }
  }
  return undefined;
};

/** Whether a state can only be tried with something in the place of what it does. */
export const needsMock = ({ state }: Subject): boolean => {
  const resource = textOf(state, "Resource") ?? "";
  return isOfMany(state) || resource.includes(":activity:") || isWaitingTask(state);
};

export const isOfMany = (state: JsonObject): boolean => ["Map", "Parallel"].includes(textOf(state, "Type") ?? "");

export const isWaitingTask = (state: JsonObject): boolean =>
  /\.(?:sync(?::2)?|waitForTaskToken)$/.test(textOf(state, "Resource") ?? "");
