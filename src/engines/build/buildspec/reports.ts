import { yamlFileError } from "../failure.ts";
import type { Place } from "./reader.ts";
import { COVERAGE_FORMATS, type ReportFormat, type ReportSpec, TEST_FORMATS } from "./types.ts";

/** `reports` of a buildspec. https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.reports */
export const readReports = (place: Place | undefined): Record<string, ReportSpec> => {
  const reports: Record<string, ReportSpec> = {};
  const groups = [...(place?.entries() ?? [])];
  if (groups.length > MAX_REPORT_GROUPS)
    throw yamlFileError(`reports has more than ${MAX_REPORT_GROUPS} report groups`);
  for (const [group, report] of groups) {
    const entries = report.entries();
    const files = entries.get("files")?.texts() ?? [];
    if (files.length === 0) throw yamlFileError(`report group ${group} has no files (line ${report.line})`);
    const base = entries.get("base-directory");
    reports[group] = {
      files,
      discardPaths: entries.get("discard-paths")?.flag() ?? false,
      fileFormat: formatOf(entries.get("file-format")),
      ...(base && !base.isEmpty ? { baseDirectory: base.text() } : {}),
    };
  }
  return reports;
};

/** https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html: "Maximum number of report groups in a build: 5". */
const MAX_REPORT_GROUPS = 5;

const formatOf = (place: Place | undefined): ReportFormat => {
  if (!place || place.isEmpty) return "JUNITXML";
  const text = place.text().toUpperCase();
  const known = FORMATS.find((format) => format === text);
  if (!known) throw yamlFileError(`Invalid report file-format: ${place.text()}. Expecting: ${FORMATS.join(",")}`);
  return known;
};

const FORMATS: readonly ReportFormat[] = [...TEST_FORMATS, ...COVERAGE_FORMATS];
