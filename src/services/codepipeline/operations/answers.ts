import type * as sdk from "@aws-sdk/client-codepipeline";
import type { ActionRun } from "../../../engines/pipeline/model.ts";
import type { InputOf } from "../../../kernel/aws.ts";
import type { Context } from "../../../kernel/context.ts";
import { giveAnswer } from "../act/answers.ts";
import {
  approvalCompleted,
  invalidApprovalToken,
  invalidJobState,
  jobNotFound,
  outputVariablesTooLarge,
} from "../errors.ts";
import { findAction, findPipeline } from "../find.ts";
import { MAX_OUTPUT_VARIABLES_BYTES } from "../limits.ts";
import type { AnswerRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { textBytes } from "../textBytes.ts";
import { initiator } from "./pipelines.ts";

export const putApprovalResult =
  (room: Room): Operation<"PutApprovalResult"> =>
  async (ctx, { pipelineName, stageName, actionName, result, token }) => {
    findAction(findPipeline(room, ctx, pipelineName), stageName, actionName);
    const run = room.tables.executions.latestRun(pipelineName, stageName, actionName);
    if (!run?.token || run.token !== token) throw invalidApprovalToken();
    if (run.status !== "InProgress" || room.tables.answers.has(run.id)) throw approvalCompleted();
    giveAnswer(room, run.id, { status: result.status, summary: result.summary, by: initiator(ctx) });
    return { approvedAt: new Date(room.clock.now()) };
  };

export const putJobSuccessResult =
  (room: Room): Operation<"PutJobSuccessResult"> =>
  async (ctx, { jobId, ...result }) => {
    if (isPartnersJob(room, jobId)) throw jobNotFound(jobId);
    answerJob(room, jobId, successAnswer(ctx, result));
    return {};
  };

export const putJobFailureResult =
  (room: Room): Operation<"PutJobFailureResult"> =>
  async (ctx, { jobId, failureDetails }) => {
    if (isPartnersJob(room, jobId)) throw jobNotFound(jobId);
    answerJob(room, jobId, failureAnswer(ctx, failureDetails));
    return {};
  };

/** A job that a third party's worker polls for has operations of its own; one that its function is handed has not. */
const isPartnersJob = ({ tables }: Room, jobId: string): boolean => tables.jobs.get(jobId)?.place[0] === "ThirdParty";

type Success = Omit<InputOf<typeof sdk, "PutJobSuccessResult">, "jobId">;

export const successAnswer = (ctx: Context, result: Success): AnswerRecord => {
  const { continuationToken, executionDetails, outputVariables, currentRevision } = result;
  const { summary = "", externalExecutionId, percentComplete } = executionDetails ?? {};
  if (outputVariables && textBytes(outputVariables) > MAX_OUTPUT_VARIABLES_BYTES) throw outputVariablesTooLarge();
  return {
    status: continuationToken ? "Continue" : "Succeeded",
    summary,
    by: initiator(ctx),
    ...(continuationToken ? { continuationToken } : {}),
    ...(externalExecutionId ? { externalId: externalExecutionId } : {}),
    ...(percentComplete === undefined ? {} : { percentComplete }),
    ...(outputVariables ? { variables: outputVariables } : {}),
    ...(currentRevision
      ? {
          revision: {
            id: currentRevision.revision,
            ...(currentRevision.revisionSummary === undefined ? {} : { summary: currentRevision.revisionSummary }),
            ...(currentRevision.created === undefined ? {} : { created: currentRevision.created.getTime() }),
          },
        }
      : {}),
  };
};

export const failureAnswer = (
  ctx: Context,
  { message, type, externalExecutionId }: InputOf<typeof sdk, "PutJobFailureResult">["failureDetails"],
): AnswerRecord => ({
  status: "Failed",
  summary: message,
  by: initiator(ctx),
  failureType: type,
  ...(externalExecutionId ? { externalId: externalExecutionId } : {}),
});

/** Takes the result of a job: of one that a worker has acknowledged, or that a function was handed. */
export const answerJob = (room: Room, jobId: string, answer: AnswerRecord): void => {
  const run = room.tables.executions.run(jobId);
  const isInvoked = run?.action.owner === "AWS" && (run.action.category === "Invoke" || isRule(run));
  if (!run || !(isInvoked || run.action.owner !== "AWS")) throw jobNotFound(jobId);
  if (run.status !== "InProgress" || room.tables.answers.has(run.id)) throw invalidJobState();
  const job = room.tables.jobs.get(jobId);
  if (job && job.status !== "InProgress") throw invalidJobState();
  giveAnswer(room, run.id, answer);
};

const isRule = ({ condition, action }: ActionRun): boolean =>
  condition !== undefined && action.provider === "LambdaInvoke";
