import { isJsonObject } from "../../../kernel/json.ts";
import { object, objects, readJson, text } from "./json.ts";
import { type FileCoverage, UnreadableReport } from "./results.ts";

/** SimpleCov's JSON: of `simplecov-json`, of SimpleCov's own formatter, or a `.resultset.json`. */
export const readSimpleCov = (json: string): readonly FileCoverage[] => {
  const report = object(readJson(json));
  if (Array.isArray(report["files"]))
    return objects(report["files"]).map((file) => fileOf(text(file["filename"]), file["coverage"]));
  const sections = isJsonObject(report["coverage"])
    ? [report["coverage"]]
    : Object.values(report).map((run) => object(object(run)["coverage"]));
  const files = sections.flatMap((section) => Object.entries(section));
  if (files.length === 0) throw new UnreadableReport("no coverage in this SimpleCov report");
  return files.map(([path, coverage]) => fileOf(path, coverage));
};

/** A list of how often each line ran, with null for lines that cannot; newer reports have it under `lines`. */
const fileOf = (path: string, coverage: unknown): FileCoverage => {
  const lines = (Array.isArray(coverage) ? coverage : listOf(object(coverage)["lines"])).filter(isCount);
  const branches = branchCounts(object(coverage)["branches"]);
  const linesCovered = lines.filter((times) => times > 0).length;
  const branchesCovered = branches.filter((times) => times > 0).length;
  return {
    path,
    linesCovered,
    linesMissed: lines.length - linesCovered,
    branchesCovered,
    branchesMissed: branches.length - branchesCovered,
  };
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isCount = (value: unknown): value is number => typeof value === "number";

/** A list of branches, or conditions to their branches to counts. */
const branchCounts = (value: unknown): readonly number[] =>
  Array.isArray(value)
    ? objects(value).map(({ coverage }) => Number(coverage) || 0)
    : Object.values(object(value)).flatMap((ways) => Object.values(object(ways)).filter(isCount));
