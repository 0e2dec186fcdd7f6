import * as model from "@aws-sdk/client-codepipeline";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { openRoom, resumeRoom } from "./open.ts";
import { putApprovalResult, putJobFailureResult, putJobSuccessResult } from "./operations/answers.ts";
import {
  getPipelineExecution,
  listActionExecutions,
  listPipelineExecutions,
  retryStageExecution,
  startPipelineExecution,
  stopPipelineExecution,
} from "./operations/executions.ts";
import { overrideStageCondition } from "./operations/overrideStageCondition.ts";
import { createPipeline, deletePipeline, getPipeline, listPipelines, updatePipeline } from "./operations/pipelines.ts";
import { rollbackStage } from "./operations/rollbackStage.ts";
import { listRuleExecutions, listRuleTypes } from "./operations/rules.ts";
import { disableStageTransition, enableStageTransition, getPipelineState } from "./operations/state.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import { deleteWebhook, deregisterWebhook, listWebhooks, putWebhook, registerWebhook } from "./operations/webhooks.ts";
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
    CreatePipeline: createPipeline,
    DeletePipeline: deletePipeline,
    DeleteWebhook: deleteWebhook,
    DeregisterWebhookWithThirdParty: deregisterWebhook,
    DisableStageTransition: disableStageTransition,
    EnableStageTransition: enableStageTransition,
    GetPipeline: getPipeline,
    GetPipelineExecution: getPipelineExecution,
    GetPipelineState: getPipelineState,
    ListActionExecutions: listActionExecutions,
    ListPipelineExecutions: listPipelineExecutions,
    ListPipelines: listPipelines,
    ListRuleExecutions: listRuleExecutions,
    ListRuleTypes: listRuleTypes,
    ListTagsForResource: listTagsForResource,
    ListWebhooks: listWebhooks,
    OverrideStageCondition: overrideStageCondition,
    PutApprovalResult: putApprovalResult,
    PutJobFailureResult: putJobFailureResult,
    PutJobSuccessResult: putJobSuccessResult,
    PutWebhook: putWebhook,
    RegisterWebhookWithThirdParty: registerWebhook,
    RetryStageExecution: retryStageExecution,
    RollbackStage: rollbackStage,
    StartPipelineExecution: startPipelineExecution,
    StopPipelineExecution: stopPipelineExecution,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdatePipeline: updatePipeline,
  },
  iam,
  resources: [pipelineType, webhookType],
  resume: resumeRoom,
  close: async ({ stopListening }) => stopListening(),
});
