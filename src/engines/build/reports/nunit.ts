import { nanoseconds, type TestResult, type TestStatus, withMessage } from "./results.ts";
import { child, readXml, type XmlElement } from "./xml.ts";

/** NUnit 2's XML. */
export const readNUnit = (text: string): readonly TestResult[] =>
  casesOf(readXml(text, ["test-results"]), undefined, (element) => STATUSES[element.attributes["result"] ?? ""]);

/** NUnit 3's XML, whose `label` tells errors from failures. */
export const readNUnit3 = (text: string): readonly TestResult[] =>
  casesOf(readXml(text, ["test-run"]), undefined, ({ attributes: { result = "", label = "" } }) =>
    result === "Failed" && LABELLED_ERRORS.has(label) ? "ERROR" : STATUSES[result],
  );

type StatusOf = (element: XmlElement) => TestStatus | undefined;

const casesOf = (element: XmlElement, suite: string | undefined, statusOf: StatusOf): readonly TestResult[] =>
  element.children.flatMap((each) => {
    if (each.name === "test-case") return [caseOf(each, suite, statusOf)];
    return casesOf(each, each.name === "test-suite" ? each.attributes["name"] : suite, statusOf);
  });

const caseOf = (element: XmlElement, suite: string | undefined, statusOf: StatusOf): TestResult => {
  const { attributes } = element;
  const name = attributes["fullname"] ?? attributes["name"] ?? "";
  const problem = child(element, "failure", "reason");
  return {
    name,
    prefix: attributes["classname"] ?? prefixOf(name),
    status: statusOf(element) ?? (attributes["executed"] === "False" ? "SKIPPED" : "UNKNOWN"),
    durationNs: nanoseconds(attributes["duration"] ?? attributes["time"]),
    ...(suite ? { suite } : {}),
    ...withMessage(child(problem, "message")?.text, child(problem, "stack-trace")?.text),
  };
};

/** `A.B.Case(1.5)` belongs to `A.B`. */
const prefixOf = (name: string): string => {
  const [beforeArguments = ""] = name.split("(");
  return beforeArguments.slice(0, Math.max(0, beforeArguments.lastIndexOf(".")));
};

const STATUSES: Readonly<Record<string, TestStatus>> = {
  Success: "SUCCEEDED",
  Passed: "SUCCEEDED",
  Failure: "FAILED",
  Failed: "FAILED",
  Error: "ERROR",
  NotRunnable: "ERROR",
  Cancelled: "ERROR",
  Ignored: "SKIPPED",
  Skipped: "SKIPPED",
};

const LABELLED_ERRORS = new Set(["Error", "Invalid", "Cancelled"]);
