import type { Execution } from "../../../engines/pipeline/model.ts";
import { hasEnded } from "../../../engines/pipeline/transitions.ts";
import { overriddenKey } from "../act/s3Source.ts";
import { beginExecution } from "../begin.ts";
import { beginFollowed } from "../beginFollowed.ts";
import { checkConcurrency } from "../concurrency.ts";
import { duplicatedStop, executionNotStoppable, invalid, notLatestExecution, stageNotRetryable } from "../errors.ts";
import { findExecution, findPipeline, findStage } from "../find.ts";
import { numbersIn, pageOf } from "../paging.ts";
import type { Declaration } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { actionExecutionView, executionSummaryView, executionView } from "../views.ts";
import { initiator } from "./pipelines.ts";
import { runsOf } from "./runsOf.ts";

export const startPipelineExecution =
  (room: Room): Operation<"StartPipelineExecution"> =>
  async (ctx, { name, variables = [], sourceRevisions = [], clientRequestToken }) => {
    const pipeline = findPipeline(room, ctx, name);
    const repeated = clientRequestToken && room.tables.startTokens.get([name, clientRequestToken]);
    if (repeated) return { pipelineExecutionId: repeated };
    const declared = pipeline.declaration.variables ?? [];
    const unknown = variables.find((given) => !declared.some((variable) => variable.name === given.name));
    if (unknown) throw invalid(`Pipeline variable ${unknown.name} is not declared in the pipeline ${name}`);
    const given = Object.fromEntries(variables.map((variable) => [variable.name, variable.value]));
    const missing = declared.find(
      (variable) => variable.defaultValue === undefined && given[variable.name] === undefined,
    );
    if (missing) throw invalid(`Pipeline variable ${missing.name} has no value`);
    checkConcurrency(room, pipeline);
    const sources = pipeline.declaration.stages[0]?.actions ?? [];
    const misplaced = sourceRevisions.find(({ actionName }) => !sources.some(({ name: own }) => own === actionName));
    if (misplaced) throw invalid(`Action ${misplaced.actionName} is not a source action of the pipeline ${name}`);
    checkRevisions(sources, sourceRevisions);
    const overrides = sourceRevisions.map(({ actionName, revisionType, revisionValue }) =>
      revisionType === "S3_OBJECT_KEY"
        ? ([keyOverride(sources, actionName), revisionValue] as const)
        : ([actionName, revisionValue] as const),
    );
    const isEvent =
      ctx.calledVia === "events.amazonaws.com" ||
      (ctx.principal.kind === "service" && ctx.principal.service === "events.amazonaws.com");
    const beginning = {
      trigger: { type: isEvent ? "CloudWatchEvent" : "StartPipelineExecution", detail: initiator(ctx) },
      variables: given,
      overrides: Object.fromEntries(overrides),
    };
    const execution = isEvent
      ? beginFollowed(room, pipeline, beginning, "Rule Accepted", { delivery: clientRequestToken ?? "" })
      : beginExecution(room, pipeline, beginning);
    if (clientRequestToken) room.tables.startTokens.put([name, clientRequestToken], execution.id);
    return { pipelineExecutionId: execution.id };
  };

/** What a revision of each kind of source is: https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_SourceRevisionOverride.html */
const checkRevisions = (
  sources: Declaration["stages"][number]["actions"],
  revisions: readonly { readonly actionName: string | undefined; readonly revisionType: string | undefined }[],
): void => {
  for (const { actionName, revisionType = "" } of revisions) {
    const provider = sources.find(({ name }) => name === actionName)?.actionTypeId.provider ?? "";
    const isObject = revisionType.startsWith("S3_OBJECT_");
    if (provider === "S3" ? !isObject : revisionType !== "COMMIT_ID")
      throw invalid(
        `Revision type ${revisionType} is not supported by the provider ${provider} of action ${actionName}`,
      );
  }
};

/** AWS: an S3 source takes another object only where it says that it does. */
const keyOverride = (sources: Declaration["stages"][number]["actions"], name: string): string => {
  const action = sources.find((each) => each.name === name);
  if (action?.configuration?.["AllowOverrideForS3ObjectKey"] !== "true")
    throw invalid(
      `Action ${name} does not allow an override of its S3 object key: AllowOverrideForS3ObjectKey is not true`,
    );
  return overriddenKey(name);
};

export const getPipelineExecution =
  (room: Room): Operation<"GetPipelineExecution"> =>
  async (ctx, { pipelineName, pipelineExecutionId }) => ({
    pipelineExecution: executionView(findExecution(room, findPipeline(room, ctx, pipelineName), pipelineExecutionId)),
  });

export const listPipelineExecutions =
  (room: Room): Operation<"ListPipelineExecutions"> =>
  async (ctx, { pipelineName, maxResults, nextToken, filter }) => {
    const pipeline = findPipeline(room, ctx, pipelineName);
    const stage = filter?.succeededInStage?.stageName;
    if (stage !== undefined) findStage(pipeline, stage);
    const [before] = numbersIn(nextToken) ?? [];
    const all = room.tables.executions.newestFirst(pipeline.name, before);
    const wanted = stage === undefined ? all : succeededIn(all, stage);
    const { items, ...token } = pageOf(wanted, ({ sequence }) => [sequence], maxResults);
    return { pipelineExecutionSummaries: items.map(executionSummaryView), ...token };
  };

function* succeededIn(executions: Iterable<Execution>, stage: string): Iterable<Execution> {
  for (const execution of executions) if (execution.outcomes?.[stage] === "Succeeded") yield execution;
}

export const listActionExecutions =
  (room: Room): Operation<"ListActionExecutions"> =>
  async (ctx, { pipelineName, filter, maxResults, nextToken }) => {
    const pipeline = findPipeline(room, ctx, pipelineName);
    const own = runsOf(room, pipeline, filter, nextToken, room.tables.executions.runsNewestFirst);
    const { items, ...token } = pageOf(own, ({ sequence, number }) => [sequence, number], maxResults);
    return { actionExecutionDetails: items.map((run) => actionExecutionView(run, ctx.region)), ...token };
  };

export const stopPipelineExecution =
  (room: Room): Operation<"StopPipelineExecution"> =>
  async (ctx, { pipelineName, pipelineExecutionId, abandon = false, reason = "" }) => {
    const pipeline = findPipeline(room, ctx, pipelineName);
    const execution = findExecution(room, pipeline, pipelineExecutionId);
    const { state } = execution;
    if (hasEnded(execution))
      throw executionNotStoppable(`Cannot stop pipeline execution ${execution.id}: its status is ${state.status}`);
    if (state.status === "Stopping" && (!abandon || state.abandon))
      throw duplicatedStop(`A stop request for pipeline execution ${execution.id} is already in progress`);
    room.engine.stop(execution, reason, abandon);
    return { pipelineExecutionId };
  };

export const retryStageExecution =
  (room: Room): Operation<"RetryStageExecution"> =>
  async (ctx, { pipelineName, stageName, pipelineExecutionId, retryMode }) => {
    const pipeline = findPipeline(room, ctx, pipelineName);
    findStage(pipeline, stageName);
    const execution = findExecution(room, pipeline, pipelineExecutionId);
    const { state } = execution;
    const failedHere =
      (state.status === "Failed" || state.status === "Stopped") &&
      execution.spec.stages[state.stage]?.name === stageName;
    if (!failedHere)
      throw stageNotRetryable(
        `Stage ${stageName} of pipeline execution ${execution.id} has no failed actions to retry`,
      );
    if (
      room.tables.executions.latestIn(pipeline.name, stageName) !== execution.id &&
      execution.spec.executionMode !== "PARALLEL"
    )
      throw notLatestExecution(stageName, execution.id);
    // AWS: the actions run as the pipeline is declared now would run another structure: that is not retried.
    if (execution.spec.version !== pipeline.version && !sameStage(execution.spec, pipeline.declaration, stageName))
      throw stageNotRetryable(`Stage ${stageName} cannot be retried: the structure of the pipeline has changed since`);
    checkConcurrency(room, pipeline);
    room.engine.retry(execution, retryMode === "ALL_ACTIONS");
    return { pipelineExecutionId };
  };

const sameStage = (
  before: { readonly stages: readonly { name: string; actions: readonly { name: string }[] }[] },
  now: { readonly stages: readonly { name: string; actions: readonly { name: string }[] }[] },
  stage: string,
): boolean => {
  const names = ({ stages }: typeof before) =>
    stages
      .find(({ name }) => name === stage)
      ?.actions.map(({ name }) => name)
      .join("/");
  return names(before) === names(now);
};
