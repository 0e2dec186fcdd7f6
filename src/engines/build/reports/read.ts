import { COVERAGE_FORMATS, type CoverageFormat, type ReportFormat, type TestFormat } from "../buildspec/types.ts";
import { readClover, readCobertura, readJacoco } from "./coverageXml.ts";
import { readCucumber } from "./cucumber.ts";
import { readJUnit } from "./junit.ts";
import { readLcov } from "./lcov.ts";
import { readNUnit, readNUnit3 } from "./nunit.ts";
import type { FileCoverage, TestResult } from "./results.ts";
import { readSimpleCov } from "./simplecov.ts";
import { readTestNg } from "./testng.ts";
import { readTrx } from "./trx.ts";

/** Whether a format tells of coverage; the others tell of tests. */
export const isCoverage = (format: ReportFormat): format is CoverageFormat =>
  COVERAGE_FORMATS.some((known) => known === format);

/** The test cases of one file. Throws UnreadableReport. */
export const readTests = (format: TestFormat, text: string): readonly TestResult[] => TESTS[format](text);

/** The files one coverage report tells of. Throws UnreadableReport. */
export const readCoverage = (format: CoverageFormat, text: string): readonly FileCoverage[] => COVERAGE[format](text);

const TESTS: Readonly<Record<TestFormat, (text: string) => readonly TestResult[]>> = {
  CUCUMBERJSON: readCucumber,
  JUNITXML: readJUnit,
  NUNITXML: readNUnit,
  NUNIT3XML: readNUnit3,
  TESTNGXML: readTestNg,
  VISUALSTUDIOTRX: readTrx,
};

const COVERAGE: Readonly<Record<CoverageFormat, (text: string) => readonly FileCoverage[]>> = {
  CLOVERXML: readClover,
  COBERTURAXML: readCobertura,
  JACOCOXML: readJacoco,
  LCOVINFO: readLcov,
  SIMPLECOV: readSimpleCov,
};
