import { type TestResult, type TestStatus, withMessage } from "./results.ts";
import { below, child, readXml, type XmlElement } from "./xml.ts";

/** Visual Studio's TRX. */
export const readTrx = (text: string): readonly TestResult[] => {
  const run = readXml(text, ["TestRun"]);
  const classes = classesOf(run);
  return below(run, "UnitTestResult").map((result) => {
    const { testName = "", testId = "", outcome = "", duration } = result.attributes;
    const problem = child(child(result, "Output"), "ErrorInfo");
    return {
      name: testName,
      prefix: classes.get(testId) ?? "",
      suite: run.attributes["name"] ?? "",
      status: STATUSES[outcome] ?? "UNKNOWN",
      durationNs: nanosecondsOf(duration),
      ...withMessage(child(problem, "Message")?.text, child(problem, "StackTrace")?.text),
    };
  });
};

/** Test ids to the classes that hold the tests. */
const classesOf = (run: XmlElement): ReadonlyMap<string, string> =>
  new Map(
    below(run, "UnitTest").map((test) => [
      test.attributes["id"] ?? "",
      child(test, "TestMethod")?.attributes["className"] ?? "",
    ]),
  );

/** `00:00:01.0203000` */
const nanosecondsOf = (text = ""): number => {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(":").map(Number);
  const total = (hours * 60 + minutes) * 60 + seconds;
  return Number.isFinite(total) ? Math.round(total * 1e9) : 0;
};

const STATUSES: Readonly<Record<string, TestStatus>> = {
  Passed: "SUCCEEDED",
  PassedButRunAborted: "SUCCEEDED",
  Failed: "FAILED",
  Error: "ERROR",
  Timeout: "ERROR",
  Aborted: "ERROR",
  NotRunnable: "ERROR",
  NotExecuted: "SKIPPED",
  Disconnected: "ERROR",
};
