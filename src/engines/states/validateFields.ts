import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { own } from "../../kernel/own.ts";
import { isOperator } from "./choice.ts";
import { expressionOf } from "./jsonata.ts";
import { definiteSteps } from "./path.ts";
import { DISTRIBUTED, mapProblems } from "./validateMap.ts";
import { listOf, objectOf, objectsOf, textOf } from "./values.ts";

interface Fields {
  readonly both: readonly string[];
  readonly jsonPath: readonly string[];
  readonly jsonata: readonly string[];
}

const COMMON = ["Type", "Comment", "QueryLanguage"];
const FLOW = ["Next", "End", "Assign"];
const HANDLERS = ["Retry", "Catch"];
const PATHS = ["InputPath", "OutputPath"];
const RESULT = ["ResultPath", "ResultSelector", "Parameters"];
const MAP = ["ItemProcessor", "Iterator", "ItemSelector", "MaxConcurrency", ...DISTRIBUTED];

/** The fields of each type of state. https://states-language.net/#statetypes */
const FIELDS: Readonly<Record<string, Fields>> = {
  Pass: { both: FLOW, jsonPath: [...PATHS, "Result", "ResultPath", "Parameters"], jsonata: ["Output"] },
  Task: {
    both: [...FLOW, ...HANDLERS, "Resource", "TimeoutSeconds", "HeartbeatSeconds", "Credentials"],
    jsonPath: [...PATHS, ...RESULT, "TimeoutSecondsPath", "HeartbeatSecondsPath"],
    jsonata: ["Arguments", "Output"],
  },
  Choice: { both: ["Choices", "Default", "Assign"], jsonPath: PATHS, jsonata: ["Output"] },
  Wait: {
    both: [...FLOW, "Seconds", "Timestamp"],
    jsonPath: [...PATHS, "SecondsPath", "TimestampPath"],
    jsonata: ["Output"],
  },
  Succeed: { both: [], jsonPath: PATHS, jsonata: ["Output"] },
  Fail: { both: ["Error", "Cause"], jsonPath: ["ErrorPath", "CausePath"], jsonata: [] },
  Parallel: {
    both: [...FLOW, ...HANDLERS, "Branches"],
    jsonPath: [...PATHS, ...RESULT],
    jsonata: ["Arguments", "Output"],
  },
  Map: {
    both: [...FLOW, ...HANDLERS, ...MAP],
    jsonPath: [
      ...PATHS,
      ...RESULT,
      "ItemsPath",
      "MaxConcurrencyPath",
      "ToleratedFailureCountPath",
      "ToleratedFailurePercentagePath",
    ],
    jsonata: ["Items", "Output"],
  },
};

export const fieldsOf = (type: string): Fields | undefined => own(FIELDS, type);

export type Problem = readonly [message: string, member: string];

/** What is wrong with the fields of one state. */
export const problemsOfFields = (state: JsonObject, type: string, isJsonata: boolean, machine: string): Problem[] => {
  const fields = fieldsOf(type);
  if (!fields) return [];
  const allowed = [...COMMON, ...fields.both, ...(isJsonata ? fields.jsonata : fields.jsonPath)];
  const unknown = Object.keys(state)
    .filter((name) => !allowed.includes(name))
    .map((name): Problem => [`Field is not supported`, name]);
  return [
    ...unknown,
    ...required(state, type),
    ...(isJsonata ? [] : pathProblems(state)),
    ...resourceProblems(state, type, machine),
    ...(type === "Map" ? mapProblems(state, machine) : []),
    ...choiceProblems(state, type, isJsonata),
    ...handlerProblems(state),
  ];
};

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  Task: ["Resource"],
  Choice: ["Choices"],
  Parallel: ["Branches"],
};

const WAITS = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];

const required = (state: JsonObject, type: string): Problem[] => {
  const missing = (REQUIRED[type] ?? []).filter((name) => state[name] === undefined);
  const problems: Problem[] = missing.length > 0 ? [[`These fields are required: [${missing.join(", ")}]`, ""]] : [];
  if (type === "Map" && !objectOf(state, "ItemProcessor") && !objectOf(state, "Iterator"))
    problems.push(["These fields are required: [ItemProcessor]", ""]);
  if (type === "Wait" && WAITS.filter((name) => state[name] !== undefined).length !== 1)
    problems.push([`Exactly one of these fields is required: [${WAITS.join(", ")}]`, ""]);
  for (const name of ["Choices", "Branches"])
    if (state[name] !== undefined && listOf(state[name]).length === 0) problems.push(["Value cannot be empty", name]);
  return problems;
};

const PATH_FIELDS = [
  "InputPath",
  "OutputPath",
  "ItemsPath",
  "SecondsPath",
  "TimestampPath",
  "TimeoutSecondsPath",
  "HeartbeatSecondsPath",
  "MaxConcurrencyPath",
];
const TEMPLATES = ["Parameters", "ResultSelector", "ItemSelector", "Assign"];

const pathProblems = (state: JsonObject): Problem[] => [
  ...PATH_FIELDS.flatMap((name): Problem[] => {
    const value = state[name];
    return value === undefined || value === null || isPath(value) ? [] : [["Value is not a valid JSONPath", name]];
  }),
  ...(isReference(state["ResultPath"])
    ? []
    : [["Value is not a Reference Path: Illegal use of operators", "ResultPath"] as const]),
  ...TEMPLATES.flatMap((name) => templateProblems(state[name], name)),
];

const isPath = (value: JsonValue): boolean => typeof value === "string" && value.startsWith("$");

const isReference = (value: JsonValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "string" &&
    value.startsWith("$") &&
    !value.startsWith("$$") &&
    definiteSteps(value.slice(1)) !== undefined);

const templateProblems = (value: JsonValue | undefined, at: string): Problem[] => {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue, index) => templateProblems(item, `${at}[${index}]`));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (!name.endsWith(".$")) return templateProblems(inner, `${at}/${name}`);
    if (typeof inner === "string" && (inner.startsWith("$") || inner.startsWith("States."))) return [];
    return [
      [
        `The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`,
        `${at}/${name}`,
      ] as const,
    ];
  });
};

const resourceProblems = (state: JsonObject, type: string, machine: string): Problem[] => {
  if (type !== "Task") return [];
  const resource = textOf(state, "Resource");
  if (resource === undefined)
    return state["Resource"] === undefined ? [] : [["Value is not a valid resource ARN", "Resource"]];
  if (!/^arn:aws[a-z-]*:[a-z]+:/.test(resource)) return [["Value is not a valid resource ARN", "Resource"]];
  const integration = /\.(sync(?::2)?|waitForTaskToken)$/.exec(resource)?.[1];
  if (machine === "EXPRESS" && resource.includes(":activity:"))
    return [["Express state machine does not support Activity ARN", "Resource"]];
  if (machine === "EXPRESS" && integration) return [[unsupportedByExpress(integration), "Resource"]];
  if (integration === "waitForTaskToken" && !JSON.stringify(state).match(/Task\.Token|Task\[/i))
    return [["The field Parameters must pass the task's token, $$.Task.Token", "Resource"]];
  return [];
};

/** AWS: one of its sentences ends with a blank. */
const unsupportedByExpress = (integration: string): string =>
  `Express state machine does not support '.${integration}' service integration${integration === "waitForTaskToken" ? " " : ""}`;

const choiceProblems = (state: JsonObject, type: string, isJsonata: boolean): Problem[] =>
  type !== "Choice"
    ? []
    : objectsOf(state, "Choices").flatMap((rule, index): Problem[] => {
        const at = `Choices[${index}]`;
        const problems: Problem[] = rule["Next"] === undefined ? [["These fields are required: [Next]", at]] : [];
        if (!isJsonata) return [...problems, ...ruleProblems(rule, at)];
        const condition = rule["Condition"];
        const isSound =
          typeof condition === "boolean" || (typeof condition === "string" && expressionOf(condition) !== undefined);
        return isSound ? problems : [...problems, ["These fields are required: [Condition]", at]];
      });

const ruleProblems = (rule: JsonObject, at: string): Problem[] => {
  const inner = [
    ...objectsOf(rule, "And").map((each, index): [JsonObject, string] => [each, `${at}/And[${index}]`]),
    ...objectsOf(rule, "Or").map((each, index): [JsonObject, string] => [each, `${at}/Or[${index}]`]),
    ...[objectOf(rule, "Not")].flatMap((each): [JsonObject, string][] => (each ? [[each, `${at}/Not`]] : [])),
  ];
  if (inner.length > 0) return inner.flatMap(([each, where]) => ruleProblems(each, where));
  const problems: Problem[] = isPath(rule["Variable"] ?? null) ? [] : [["These fields are required: [Variable]", at]];
  const operators = Object.keys(rule).filter(isOperator);
  return operators.length === 1 ? problems : [...problems, ["Exactly one comparison operator is required", at]];
};

const handlerProblems = (state: JsonObject): Problem[] =>
  ["Retry", "Catch"].flatMap((member) => {
    const handlers = objectsOf(state, member);
    return handlers.flatMap((handler, index): Problem[] => {
      const at = `${member}[${index}]`;
      const errors = listOf(handler["ErrorEquals"]);
      const problems: Problem[] = errors.length > 0 ? [] : [["These fields are required: [ErrorEquals]", at]];
      if (member === "Catch" && handler["Next"] === undefined) problems.push(["These fields are required: [Next]", at]);
      const isAll = errors.includes("States.ALL");
      if (isAll && (errors.length > 1 || index < handlers.length - 1))
        problems.push(["States.ALL must appear alone and in the last handler", `${at}/ErrorEquals`]);
      return [...problems, ...numberProblems(handler, at)];
    });
  });

const numberProblems = (handler: JsonObject, at: string): Problem[] => [
  ...atLeast(handler, "IntervalSeconds", 1, at),
  ...atLeast(handler, "MaxAttempts", 0, at),
  ...atLeast(handler, "BackoffRate", 1, at),
  ...atLeast(handler, "MaxDelaySeconds", 1, at),
];

const atLeast = (handler: JsonObject, name: string, min: number, at: string): Problem[] => {
  const value = handler[name];
  return value === undefined || (typeof value === "number" && value >= min)
    ? []
    : [[`Value must be a number of at least ${min}`, `${at}/${name}`]];
};
