import { giveAnswer } from "../act/answers.ts";
import { approvalCompleted, invalidApprovalToken, invalidJobState, jobNotFound } from "../errors.ts";
import { findAction, findPipeline } from "../find.ts";
import type { AnswerRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
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
  async (ctx, { jobId, continuationToken, executionDetails, outputVariables }) => {
    answerJob(room, jobId, {
      status: continuationToken ? "Continue" : "Succeeded",
      summary: executionDetails?.summary ?? "",
      by: initiator(ctx),
      ...(continuationToken ? { continuationToken } : {}),
      ...(executionDetails?.externalExecutionId ? { externalId: executionDetails.externalExecutionId } : {}),
      ...(outputVariables ? { variables: outputVariables } : {}),
    });
    return {};
  };

export const putJobFailureResult =
  (room: Room): Operation<"PutJobFailureResult"> =>
  async (ctx, { jobId, failureDetails }) => {
    answerJob(room, jobId, {
      status: "Failed",
      summary: failureDetails.message,
      by: initiator(ctx),
      ...(failureDetails.externalExecutionId ? { externalId: failureDetails.externalExecutionId } : {}),
    });
    return {};
  };

const answerJob = (room: Room, jobId: string, answer: AnswerRecord): void => {
  const run = room.tables.executions.run(jobId);
  if (run?.action.category !== "Invoke" && run?.action.provider !== "LambdaInvoke") throw jobNotFound(jobId);
  if (run.status !== "InProgress" || room.tables.answers.has(run.id)) throw invalidJobState();
  giveAnswer(room, run.id, answer);
};
