import { nanoseconds, type TestResult, type TestStatus, withMessage } from "./results.ts";
import { child, readXml, type XmlElement } from "./xml.ts";

/** JUnit's XML, as most tools of most languages write it. */
export const readJUnit = (text: string): readonly TestResult[] => casesOf(readXml(text, ["testsuites", "testsuite"]));

/** Suites may lie in suites; a case belongs to the innermost. */
const casesOf = (element: XmlElement): readonly TestResult[] =>
  element.children.flatMap((each) => {
    if (each.name === "testsuite") return casesOf(each);
    return each.name === "testcase" ? [caseOf(each, element.attributes["name"])] : [];
  });

const caseOf = (element: XmlElement, suite: string | undefined): TestResult => {
  const problem = child(element, "error") ?? child(element, "failure") ?? child(element, "skipped");
  return {
    name: element.attributes["name"] ?? "",
    prefix: element.attributes["classname"] ?? "",
    status: STATUSES[problem?.name ?? ""] ?? "SUCCEEDED",
    durationNs: nanoseconds(element.attributes["time"]),
    ...(suite ? { suite } : {}),
    ...withMessage(problem?.attributes["message"], problem?.text),
  };
};

const STATUSES: Readonly<Record<string, TestStatus>> = { error: "ERROR", failure: "FAILED", skipped: "SKIPPED" };
