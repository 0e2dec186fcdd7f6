import { type TestResult, type TestStatus, withMessage } from "./results.ts";
import { below, child, readXml } from "./xml.ts";

/** TestNG's `testng-results.xml`; methods that only prepare tests are no test cases. */
export const readTestNg = (text: string): readonly TestResult[] =>
  below(readXml(text, ["testng-results"]), "suite").flatMap((suite) =>
    below(suite, "class").flatMap((of) =>
      below(of, "test-method")
        .filter(({ attributes }) => attributes["is-config"] !== "true")
        .map(({ attributes, ...method }) => ({
          name: attributes["name"] ?? "",
          prefix: of.attributes["name"] ?? "",
          suite: suite.attributes["name"] ?? "",
          status: STATUSES[attributes["status"] ?? ""] ?? "UNKNOWN",
          durationNs: (Number(attributes["duration-ms"]) || 0) * 1e6,
          ...withMessage(child(child({ attributes, ...method }, "exception"), "message")?.text),
        })),
    ),
  );

const STATUSES: Readonly<Record<string, TestStatus>> = { PASS: "SUCCEEDED", FAIL: "FAILED", SKIP: "SKIPPED" };
