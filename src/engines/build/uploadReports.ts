import { collectArtifact } from "./artifacts.ts";
import type { Buildspec, ReportSpec } from "./buildspec/types.ts";
import { BuildFailure, clientError } from "./failure.ts";
import type { BuildLog } from "./log.ts";
import type { ArtifactFile, BuildPorts } from "./ports.ts";

/**
 * Gathers what the buildspec's `reports` name and files it away, also of a build that failed: that is when they matter most.
 * Every group has its turn; then CLIENT_ERROR names those that went wrong, in AWS's brackets.
 */
export const uploadReports = async (
  { reports }: Pick<Buildspec, "reports">,
  source: string,
  expand: (text: string) => Promise<string>,
  ports: Pick<BuildPorts, "report">,
  log: BuildLog,
  signal: AbortSignal,
): Promise<void> => {
  const wrong: string[] = [];
  for (const [group, spec] of Object.entries(reports)) {
    log.agent(`Preparing to copy report ${group}`);
    try {
      const files = await filesOf(spec, source, expand, log);
      await ports.report({ group, spec, files }, signal);
    } catch (error) {
      if (!(error instanceof BuildFailure)) throw error;
      wrong.push(`[${group}: [${error.message}]]`);
    }
  }
  if (wrong.length > 0) throw clientError(wrong.join(" "));
};

const filesOf = async (
  spec: ReportSpec,
  source: string,
  expand: (text: string) => Promise<string>,
  log: BuildLog,
): Promise<readonly ArtifactFile[]> => {
  try {
    return await collectArtifact({ ...spec, excludePaths: [], enableSymlinks: false }, source, expand, log);
  } catch (error) {
    throw error instanceof BuildFailure ? clientError("report files not found in build") : error;
  }
};
