import * as model from "@aws-sdk/client-codepipeline";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { openRoom, resumeRoom } from "./open.ts";
import { getActionType, listActionTypes, updateActionType } from "./operations/actionTypes.ts";
import { putApprovalResult, putJobFailureResult, putJobSuccessResult } from "./operations/answers.ts";
import { createCustomActionType, deleteCustomActionType } from "./operations/customActionTypes.ts";
import {
  getPipelineExecution,
  listActionExecutions,
  listPipelineExecutions,
  retryStageExecution,
  startPipelineExecution,
  stopPipelineExecution,
} from "./operations/executions.ts";
import { acknowledgeJob, getJobDetails, pollForJobs } from "./operations/jobs.ts";
import { listDeployActionExecutionTargets } from "./operations/listDeployActionExecutionTargets.ts";
import { overrideStageCondition } from "./operations/overrideStageCondition.ts";
import { createPipeline, deletePipeline, getPipeline, listPipelines, updatePipeline } from "./operations/pipelines.ts";
import { putActionRevision } from "./operations/putActionRevision.ts";
import { rollbackStage } from "./operations/rollbackStage.ts";
import { listRuleExecutions, listRuleTypes } from "./operations/rules.ts";
import { disableStageTransition, enableStageTransition, getPipelineState } from "./operations/state.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import {
  acknowledgeThirdPartyJob,
  getThirdPartyJobDetails,
  pollForThirdPartyJobs,
  putThirdPartyJobFailureResult,
  putThirdPartyJobSuccessResult,
} from "./operations/thirdPartyJobs.ts";
import { deleteWebhook, deregisterWebhook, listWebhooks, putWebhook, registerWebhook } from "./operations/webhooks.ts";
import { customActionTypeType } from "./resources/customActionType.ts";
import { pipelineType } from "./resources/pipeline.ts";
import { webhookType } from "./resources/webhook.ts";
import type { Room } from "./room.ts";

/** AWS CodePipeline. */
export default defineService<Room, "codepipeline">({
  name: "codepipeline",
  model,
  scope: "region",
  constraints,
  open: openRoom,
  operations: {
    AcknowledgeJob: acknowledgeJob,
    AcknowledgeThirdPartyJob: acknowledgeThirdPartyJob,
    CreateCustomActionType: createCustomActionType,
    CreatePipeline: createPipeline,
    DeleteCustomActionType: deleteCustomActionType,
    DeletePipeline: deletePipeline,
    DeleteWebhook: deleteWebhook,
    DeregisterWebhookWithThirdParty: deregisterWebhook,
    DisableStageTransition: disableStageTransition,
    EnableStageTransition: enableStageTransition,
    GetActionType: getActionType,
    GetJobDetails: getJobDetails,
    GetPipeline: getPipeline,
    GetPipelineExecution: getPipelineExecution,
    GetPipelineState: getPipelineState,
    GetThirdPartyJobDetails: getThirdPartyJobDetails,
    ListActionExecutions: listActionExecutions,
    ListActionTypes: listActionTypes,
    ListDeployActionExecutionTargets: listDeployActionExecutionTargets,
    ListPipelineExecutions: listPipelineExecutions,
    ListPipelines: listPipelines,
    ListRuleExecutions: listRuleExecutions,
    ListRuleTypes: listRuleTypes,
    ListTagsForResource: listTagsForResource,
    ListWebhooks: listWebhooks,
    OverrideStageCondition: overrideStageCondition,
    PollForJobs: pollForJobs,
    PollForThirdPartyJobs: pollForThirdPartyJobs,
    PutActionRevision: putActionRevision,
    PutApprovalResult: putApprovalResult,
    PutJobFailureResult: putJobFailureResult,
    PutJobSuccessResult: putJobSuccessResult,
    PutThirdPartyJobFailureResult: putThirdPartyJobFailureResult,
    PutThirdPartyJobSuccessResult: putThirdPartyJobSuccessResult,
    PutWebhook: putWebhook,
    RegisterWebhookWithThirdParty: registerWebhook,
    RetryStageExecution: retryStageExecution,
    RollbackStage: rollbackStage,
    StartPipelineExecution: startPipelineExecution,
    StopPipelineExecution: stopPipelineExecution,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateActionType: updateActionType,
    UpdatePipeline: updatePipeline,
  },
  iam,
  resources: [customActionTypeType, pipelineType, webhookType],
  resume: resumeRoom,
  close: async ({ stopListening }) => stopListening(),
});
