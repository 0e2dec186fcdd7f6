import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { fieldsOf, problemsOfFields } from "./validateFields.ts";
import { listOf, objectOf, objectsOf, textOf } from "./values.ts";

/** What is wrong with a definition, and where. */
export interface Diagnostic {
  readonly severity: "ERROR" | "WARNING";
  readonly code: string;
  readonly message: string;
  readonly location?: string;
}

/** What is checked beyond a definition's own form. */
export interface ValidationOptions {
  readonly type: "STANDARD" | "EXPRESS";
}

const wrong = (message: string, location: string, code = "SCHEMA_VALIDATION_FAILED"): Diagnostic => ({
  severity: "ERROR",
  code,
  message,
  location,
});

/** What is wrong with a definition's text. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html */
export const validateDefinition = (text: string, options: ValidationOptions): readonly Diagnostic[] => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ severity: "ERROR", code: "INVALID_JSON_DESCRIPTION", message }];
  }
  if (!isJsonObject(parsed))
    return [{ severity: "ERROR", code: "INVALID_JSON_DESCRIPTION", message: "The definition must be a JSON object" }];
  const language = textOf(parsed, "QueryLanguage");
  const unknown =
    language === undefined || LANGUAGES.includes(language)
      ? []
      : [wrong(`Value is not one of: [JSONPath, JSONata]`, "/QueryLanguage")];
  const names = new Set<string>();
  return [...unknown, ...machineProblems(parsed, "", { ...options, isJsonata: language === "JSONata", names })];
};

const LANGUAGES = ["JSONPath", "JSONata"];

interface Within extends ValidationOptions {
  readonly isJsonata: boolean;
  /** Names of states met so far: one name is used once in a whole machine. */
  readonly names: Set<string>;
}

const machineProblems = (machine: JsonObject, path: string, within: Within): Diagnostic[] => {
  const states = objectOf(machine, "States");
  const startAt = machine["StartAt"];
  const missing = [
    ...(startAt === undefined ? ["StartAt"] : []),
    ...(machine["States"] === undefined ? ["States"] : []),
  ];
  const problems: Diagnostic[] = [];
  if (missing.length > 0) problems.push(wrong(`These fields are required: [${missing.join(", ")}]`, path || "/"));
  if (machine["States"] !== undefined && (!states || Object.keys(states).length === 0))
    problems.push(wrong("Value must be a non-empty object", `${path}/States`));
  if (!states) return problems;
  if (startAt !== undefined && !(typeof startAt === "string" && Object.hasOwn(states, startAt)))
    problems.push(
      wrong(`Missing 'StartAt' target: ${String(startAt)}`, `${path}/StartAt`, "MISSING_TRANSITION_TARGET"),
    );
  for (const [name, state] of Object.entries(states)) {
    const at = `${path}/States/${name}`;
    if (within.names.has(name)) problems.push(wrong(`Duplicate state name: ${name}`, at, "DUPLICATE_STATE_NAME"));
    within.names.add(name);
    if (name.length > MAX_NAME_LENGTH)
      problems.push(wrong(`State name is longer than ${MAX_NAME_LENGTH} characters`, at));
    problems.push(
      ...(isJsonObject(state)
        ? stateProblems(state, at, states, within)
        : [wrong("Expected value of type Object", at)]),
    );
  }
  return [...problems, ...unreachable(machine, states, path)];
};

const MAX_NAME_LENGTH = 80;

/** The states one may go to from another. */
const targetsOf = (state: JsonObject): readonly [string, JsonValue | undefined][] => [
  ["Next", state["Next"]],
  ["Default", state["Default"]],
  ...objectsOf(state, "Choices").map((rule, index): [string, JsonValue | undefined] => [
    `Choices[${index}]/Next`,
    rule["Next"],
  ]),
  ...objectsOf(state, "Catch").map((rule, index): [string, JsonValue | undefined] => [
    `Catch[${index}]/Next`,
    rule["Next"],
  ]),
];

const unreachable = (machine: JsonObject, states: JsonObject, path: string): Diagnostic[] => {
  const reached = new Set<string>();
  const open = [textOf(machine, "StartAt") ?? ""];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = objectOf(states, name);
    if (!state || reached.has(name)) continue;
    reached.add(name);
    for (const [, target] of targetsOf(state)) if (typeof target === "string") open.push(target);
  }
  if (reached.size === 0) return [];
  return Object.keys(states)
    .filter((name) => !reached.has(name))
    .map((name) => wrong(`State "${name}" is not reachable.`, `${path}/States/${name}`, "MISSING_TRANSITION_TARGET"));
};

/** In the order AWS names them. */
const TYPES = ["Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map"];

const TERMINAL = ["Succeed", "Fail"];

const stateProblems = (state: JsonObject, at: string, states: JsonObject, within: Within): Diagnostic[] => {
  const type = textOf(state, "Type");
  if (type === undefined) return [wrong("These fields are required: [Type]", at)];
  if (!fieldsOf(type))
    return [wrong(`The field 'Type' should have one of these values: [${TYPES.join(", ")}]`, `${at}/Type`)];
  const language = textOf(state, "QueryLanguage");
  if (within.isJsonata && language === "JSONPath")
    return [wrong("A state of a JSONata state machine cannot use JSONPath", `${at}/QueryLanguage`)];
  const isJsonata = language === undefined ? within.isJsonata : language === "JSONata";
  const inner = { ...within, isJsonata };
  const problems = problemsOfFields(state, type, isJsonata, within.type).map(([message, member]) =>
    wrong(message, member === "" ? at : `${at}/${member}`),
  );
  if (type !== "Choice" && !TERMINAL.includes(type)) problems.push(...transitionProblems(state, at));
  for (const [member, target] of targetsOf(state))
    if (target !== undefined && !(typeof target === "string" && Object.hasOwn(states, target))) {
      const field = member.endsWith("Default") ? "Default" : "Next";
      problems.push(
        wrong(`Missing '${field}' target: ${String(target)}`, `${at}/${member}`, "MISSING_TRANSITION_TARGET"),
      );
    }
  return [...problems, ...innerProblems(state, at, inner)];
};

const transitionProblems = (state: JsonObject, at: string): Diagnostic[] => {
  const { Next: next, End: end } = state;
  if (next === undefined && end !== true) return [wrong("One of these fields is required: [Next, End]", at)];
  return next !== undefined && end === true ? [wrong("Only one of these fields is allowed: [Next, End]", at)] : [];
};

const innerProblems = (state: JsonObject, at: string, within: Within): Diagnostic[] => {
  const branches = listOf(state["Branches"]).flatMap((branch, index) =>
    isJsonObject(branch)
      ? machineProblems(branch, `${at}/Branches[${index}]`, within)
      : [wrong("Expected value of type Object", `${at}/Branches[${index}]`)],
  );
  const processors = ["ItemProcessor", "Iterator"].flatMap((member) => {
    const processor = objectOf(state, member);
    return processor ? machineProblems(processor, `${at}/${member}`, within) : [];
  });
  return [...branches, ...processors];
};
