import { readFile } from "node:fs/promises";
import { clientError } from "../engines/build/failure.ts";
import type { BuildReport } from "../engines/build/ports.ts";
import { isCoverage, readCoverage, readTests } from "../engines/build/reports/read.ts";
import { UnreadableReport } from "../engines/build/reports/results.ts";

/** What a report says, in a line. Throws CLIENT_ERROR for a file that is not of its format. */
export const reportLine = async ({ group, spec: { fileFormat }, files }: BuildReport): Promise<string> => {
  const texts = await Promise.all(files.map(({ path }) => readFile(path, "utf8")));
  try {
    if (isCoverage(fileFormat)) {
      const counted = texts.flatMap((text) => readCoverage(fileFormat, text));
      const covered = counted.reduce((sum, { linesCovered }) => sum + linesCovered, 0);
      const missed = counted.reduce((sum, { linesMissed }) => sum + linesMissed, 0);
      return `Report ${group}: ${covered} of ${covered + missed} lines covered`;
    }
    const tests = texts.flatMap((text) => readTests(fileFormat, text));
    const failed = tests.filter(({ status }) => status === "FAILED" || status === "ERROR").length;
    return `Report ${group}: ${tests.length} test(s), ${failed} failed`;
  } catch (error) {
    throw error instanceof UnreadableReport ? clientError(`error processing report: [${error.message}]`) : error;
  }
};
