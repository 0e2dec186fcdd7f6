import { errorCode } from "../../../kernel/errors.ts";
import type { BuildRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { repositoryNameOf } from "./repositoryName.ts";
import { SERVICE_PRINCIPAL } from "./serviceRole.ts";

/** What a source provider is told of a commit. */
export interface Reported extends Pick<BuildRecord, "projectName" | "settings" | "resolvedSourceVersion"> {
  readonly startedByPush: boolean;
  readonly status: BuildRecord["state"]["status"];
  /** Which build of a batch it is, where each is told of. */
  readonly part?: string;
}

/**
 * Sets a commit's status on this cloud's Git host. AWS: of builds that a webhook started always, of others where the project's
 * source says so.
 */
export const reportCommit = (room: Room, reported: Reported): void => {
  const { settings, resolvedSourceVersion: commitId, startedByPush, projectName } = reported;
  const { source } = settings;
  if (commitId === undefined || !(startedByPush || source.reportBuildStatus)) return;
  const repository = repositoryNameOf(source.location ?? "", room.deps);
  if (!repository) return;
  const { deps } = room;
  const { context, targetUrl } = source.buildStatusConfig ?? {};
  const part = reported.part === undefined ? "" : ` - ${reported.part}`;
  const status = {
    ...repository,
    commitId,
    context: context ?? `AWS CodeBuild ${deps.region} (${projectName})${part}`,
    state: STATES[reported.status],
    description: `Build ${WORDS[reported.status]} for project ${projectName}`,
    targetUrl,
  };
  deps.tasks.spawn(`the status of ${commitId}`, async () => {
    const host = deps.contextAs({ kind: "service", account: deps.account, service: SERVICE_PRINCIPAL });
    try {
      await host.call("git", "PutStatus", status);
    } catch (error) {
      // The source lies elsewhere, where nobody here may speak.
      if (errorCode(error) !== "RepositoryDoesNotExistException") throw error;
    }
  });
};

/** Whether a batch's builds are told of one by one. */
export const reportsEach = ({ buildBatchConfig }: BuildRecord["settings"]): boolean =>
  buildBatchConfig?.batchReportMode === "REPORT_INDIVIDUAL_BUILDS";

type Status = Reported["status"];

const STATES: Readonly<Record<Status, "pending" | "success" | "failure" | "error">> = {
  IN_PROGRESS: "pending",
  SUCCEEDED: "success",
  FAILED: "failure",
  FAULT: "error",
  TIMED_OUT: "error",
  STOPPED: "error",
};

const WORDS: Readonly<Record<Status, string>> = {
  IN_PROGRESS: "started",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  FAULT: "failed",
  TIMED_OUT: "timed out",
  STOPPED: "stopped",
};
