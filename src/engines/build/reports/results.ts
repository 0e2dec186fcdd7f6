export type TestStatus = "SUCCEEDED" | "FAILED" | "ERROR" | "SKIPPED" | "UNKNOWN";

/** One test case of a report. */
export interface TestResult {
  readonly name: string;
  /** What related cases have in common: a class, a feature. */
  readonly prefix: string;
  readonly suite?: string;
  readonly status: TestStatus;
  readonly durationNs: number;
  readonly message?: string;
}

/** What tests have reached of one file. */
export interface FileCoverage {
  readonly path: string;
  readonly linesCovered: number;
  readonly linesMissed: number;
  readonly branchesCovered: number;
  readonly branchesMissed: number;
}

/** A report's file that is not what its format says. */
export class UnreadableReport extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnreadableReport";
  }
}

/** Seconds as reports write them; what is no number is none. */
export const nanoseconds = (seconds: string | undefined): number => {
  const value = Number((seconds ?? "").replaceAll(",", ""));
  return Number.isFinite(value) && value > 0 ? Math.round(value * 1e9) : 0;
};

/** A case's message, from what its failure says. */
export const withMessage = (...parts: readonly (string | undefined)[]): { readonly message?: string } => {
  const text = parts
    .map((part) => part?.trim())
    .filter(Boolean)
    .join("\n");
  return text === "" ? {} : { message: text };
};
