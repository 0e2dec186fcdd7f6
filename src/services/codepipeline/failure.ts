import type { ActionRun, Execution } from "../../engines/pipeline/model.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Tables } from "./records.ts";

/** What the builders are told of a run that failed. */
export interface Failure {
  readonly stage: string;
  readonly action: string;
  /** The root cause first. */
  readonly cause: string;
  readonly commit: string;
  readonly author: string;
  /** The run's page in the console. */
  readonly link: string;
}

/** Why a run failed, and whose commit it was. */
export const failureOf = (deps: RoomDeps, tables: Tables, execution: Execution): Failure => {
  const runs = [...tables.executions.runs(execution)];
  const failed = failedRun(execution, runs);
  const condition = failed ? undefined : failedCondition(execution);
  const source = runs.find(({ stageName }) => stageName === execution.spec.stages[0]?.name);
  const { AuthorDisplayName = "", AuthorEmail = "" } = source?.outputVariables ?? {};
  return {
    stage: failed?.stageName ?? condition?.stage ?? "",
    action: failed?.action.name ?? "",
    cause: failed?.error ? failed.error.message : (condition?.cause ?? ""),
    commit: execution.revisions[0]?.revisionId ?? "",
    author: AuthorEmail ? `${AuthorDisplayName} <${AuthorEmail}>`.trim() : AuthorDisplayName,
    link: runLink(deps, execution),
  };
};

type Linking = Pick<RoomDeps, "region" | "localAddress">;

/** A run's page in the console. */
export const runLink = (deps: Linking, { spec, id }: Execution): string =>
  linkTo(deps, `${spec.name}/executions/${id}/timeline`);

/** The page of a run's pipeline. */
export const pipelineLink = (deps: Linking, { spec }: Execution): string => linkTo(deps, `${spec.name}/view`);

const linkTo = ({ region, localAddress }: Linking, page: string): string =>
  localAddress(`https://console.aws.amazon.com/codesuite/codepipeline/pipelines/${page}?region=${region}`);

/** The action that failed in the stage where the run ended. */
const failedRun = ({ state, spec }: Execution, runs: readonly ActionRun[]): ActionRun | undefined => {
  const stage = "stage" in state ? spec.stages[state.stage]?.name : undefined;
  return runs.findLast(({ status, stageName }) => status === "Failed" && (stage === undefined || stageName === stage));
};

const failedCondition = ({ conditions = {} }: Execution) => {
  const [key, run] =
    Object.entries(conditions).findLast(([, { status }]) => status === "Failed" || status === "Errored") ?? [];
  return run && { stage: key?.split("/")[0] ?? "", cause: run.summary ?? "" };
};
