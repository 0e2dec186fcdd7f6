import { type AuthorizationRequest, passRole } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { type Room, SERVICE_PRINCIPAL } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html */
const on = (
  action: string,
  room: Room,
  ctx: Context,
  name: string,
  ...rest: readonly string[]
): AuthorizationRequest => ({
  action: `codepipeline:${action}`,
  resource: ctx.arn([name, ...rest].join("/")),
  conditions: Object.fromEntries(
    (room.tables.pipelines.get(name)?.tags ?? []).map(({ key, value }) => [`aws:ResourceTag/${key}`, value]),
  ),
});

const onPipeline =
  (action: string) =>
  (room: Room, ctx: Context, input: { readonly name: string }): AuthorizationRequest =>
    on(action, room, ctx, input.name);

const onPipelineName =
  (action: string) =>
  (room: Room, ctx: Context, input: { readonly pipelineName: string }): AuthorizationRequest =>
    on(action, room, ctx, input.pipelineName);

const onStage =
  (action: string) =>
  (
    room: Room,
    ctx: Context,
    input: { readonly pipelineName: string; readonly stageName: string },
  ): AuthorizationRequest =>
    on(action, room, ctx, input.pipelineName, input.stageName);

const onWebhook = (action: string, ctx: Context, name: string | undefined): AuthorizationRequest => ({
  action: `codepipeline:${action}`,
  resource: ctx.arn("webhook", name ?? "*"),
});

interface TypeId {
  readonly owner: string;
  readonly category: string;
  readonly provider: string;
  readonly version: string;
}

const typeRequest = (
  action: string,
  ctx: Context,
  { owner, category, provider, version }: TypeId,
): AuthorizationRequest => ({
  action: `codepipeline:${action}`,
  resource: ctx.arn("actiontype", [owner, category, provider, version].join("/")),
});

const onType = (action: string) => (_room: Room, ctx: Context, input: { readonly actionTypeId: TypeId }) =>
  typeRequest(action, ctx, input.actionTypeId);

const onAll = (action: string) => (): AuthorizationRequest => ({ action: `codepipeline:${action}`, resource: "*" });

const onArn =
  (action: string) =>
  (_room: Room, _ctx: Context, input: { readonly resourceArn: string }): AuthorizationRequest => ({
    action: `codepipeline:${action}`,
    resource: input.resourceArn,
  });

export const iam: IamTable<Room, "codepipeline"> = {
  CreatePipeline: (room, ctx, { pipeline, tags = [] }) => [
    {
      ...on("CreatePipeline", room, ctx, pipeline.name),
      conditions: Object.fromEntries(tags.map(({ key, value }) => [`aws:RequestTag/${key}`, value])),
    },
    passRole(pipeline.roleArn, SERVICE_PRINCIPAL),
  ],
  UpdatePipeline: (room, ctx, { pipeline }) => [
    on("UpdatePipeline", room, ctx, pipeline.name),
    passRole(pipeline.roleArn, SERVICE_PRINCIPAL),
  ],
  DeletePipeline: onPipeline("DeletePipeline"),
  GetPipeline: onPipeline("GetPipeline"),
  GetPipelineState: onPipeline("GetPipelineState"),
  StartPipelineExecution: onPipeline("StartPipelineExecution"),
  GetPipelineExecution: onPipelineName("GetPipelineExecution"),
  ListPipelineExecutions: onPipelineName("ListPipelineExecutions"),
  ListActionExecutions: onPipelineName("ListActionExecutions"),
  ListDeployActionExecutionTargets: (room, ctx, { pipelineName, actionExecutionId }) =>
    on(
      "ListDeployActionExecutionTargets",
      room,
      ctx,
      pipelineName ?? room.tables.executions.run(actionExecutionId)?.pipelineName ?? "*",
    ),
  StopPipelineExecution: onPipelineName("StopPipelineExecution"),
  RetryStageExecution: onStage("RetryStageExecution"),
  RollbackStage: onStage("RollbackStage"),
  OverrideStageCondition: onStage("OverrideStageCondition"),
  ListRuleExecutions: onPipelineName("ListRuleExecutions"),
  ListRuleTypes: onAll("ListRuleTypes"),
  EnableStageTransition: onStage("EnableStageTransition"),
  DisableStageTransition: onStage("DisableStageTransition"),
  PutApprovalResult: (room, ctx, { pipelineName, stageName, actionName }) =>
    on("PutApprovalResult", room, ctx, pipelineName, stageName, actionName),
  PutJobSuccessResult: onAll("PutJobSuccessResult"),
  PutJobFailureResult: onAll("PutJobFailureResult"),
  AcknowledgeJob: onAll("AcknowledgeJob"),
  AcknowledgeThirdPartyJob: onAll("AcknowledgeThirdPartyJob"),
  GetJobDetails: onAll("GetJobDetails"),
  GetThirdPartyJobDetails: onAll("GetThirdPartyJobDetails"),
  PollForThirdPartyJobs: onType("PollForThirdPartyJobs"),
  PutThirdPartyJobFailureResult: onAll("PutThirdPartyJobFailureResult"),
  PutThirdPartyJobSuccessResult: onAll("PutThirdPartyJobSuccessResult"),
  PollForJobs: onType("PollForJobs"),
  PutActionRevision: (room, ctx, { pipelineName, stageName, actionName }) =>
    on("PutActionRevision", room, ctx, pipelineName, stageName, actionName),
  CreateCustomActionType: (_room, ctx, input) => ({
    ...typeRequest("CreateCustomActionType", ctx, { ...input, owner: "Custom" }),
    conditions: Object.fromEntries((input.tags ?? []).map(({ key, value }) => [`aws:RequestTag/${key}`, value])),
  }),
  DeleteCustomActionType: (_room, ctx, input) =>
    typeRequest("DeleteCustomActionType", ctx, { ...input, owner: "Custom" }),
  GetActionType: (_room, ctx, input) => typeRequest("GetActionType", ctx, input),
  UpdateActionType: (_room, ctx, { actionType }) => typeRequest("UpdateActionType", ctx, actionType.id),
  ListActionTypes: onAll("ListActionTypes"),
  ListPipelines: onAll("ListPipelines"),
  PutWebhook: (room, ctx, { webhook }) => [
    onWebhook("PutWebhook", ctx, webhook.name),
    on("PutWebhook", room, ctx, webhook.targetPipeline),
  ],
  DeleteWebhook: (_room, ctx, { name }) => onWebhook("DeleteWebhook", ctx, name),
  ListWebhooks: onAll("ListWebhooks"),
  RegisterWebhookWithThirdParty: (_room, ctx, { webhookName }) =>
    onWebhook("RegisterWebhookWithThirdParty", ctx, webhookName),
  DeregisterWebhookWithThirdParty: (_room, ctx, { webhookName }) =>
    onWebhook("DeregisterWebhookWithThirdParty", ctx, webhookName),
  TagResource: onArn("TagResource"),
  UntagResource: onArn("UntagResource"),
  ListTagsForResource: onArn("ListTagsForResource"),
};
