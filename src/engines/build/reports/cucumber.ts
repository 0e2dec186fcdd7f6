import type { JsonObject } from "../../../kernel/json.ts";
import { object, objects, readJson, text } from "./json.ts";
import { type TestResult, type TestStatus, UnreadableReport, withMessage } from "./results.ts";

/** Cucumber's JSON: a case is a scenario, its steps and hooks together. */
export const readCucumber = (json: string): readonly TestResult[] => {
  const features = readJson(json);
  if (!Array.isArray(features)) throw new UnreadableReport("a Cucumber report is a list of features");
  return objects(features).flatMap((feature) =>
    objects(feature["elements"])
      .filter(({ type }) => type !== "background")
      .map((scenario) => caseOf(text(feature["name"]), scenario)),
  );
};

const caseOf = (feature: string, scenario: JsonObject): TestResult => {
  const results = ["before", "steps", "after"]
    .flatMap((part) => objects(scenario[part]))
    .map(({ result }) => object(result));
  const statuses = results.map(({ status }) => text(status).toLowerCase());
  return {
    name: text(scenario["name"]),
    prefix: feature,
    suite: feature,
    status: statusOf(statuses),
    durationNs: results.reduce((sum, { duration }) => sum + (Number(duration) || 0), 0),
    ...withMessage(...results.map((result) => text(result["error_message"]))),
  };
};

const statusOf = (statuses: readonly string[]): TestStatus => {
  if (statuses.includes("failed")) return "FAILED";
  if (statuses.some((status) => status === "undefined" || status === "ambiguous")) return "ERROR";
  if (statuses.some((status) => status === "pending" || status === "skipped")) return "SKIPPED";
  return statuses.length > 0 && statuses.every((status) => status === "passed") ? "SUCCEEDED" : "UNKNOWN";
};
