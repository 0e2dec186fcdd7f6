import { type ConditionType, conditionKey, type Execution } from "../../../engines/pipeline/model.ts";
import type { Context } from "../../../kernel/context.ts";
import { type Action, entityUrl } from "../entityUrl.ts";
import { findPipeline, findStage } from "../find.ts";
import type { PipelineRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { latestRuleRunView, latestRunView } from "../views.ts";
import { initiator } from "./pipelines.ts";

export const getPipelineState =
  (room: Room): Operation<"GetPipelineState"> =>
  async (ctx, { name }) => {
    const pipeline = findPipeline(room, ctx, name);
    const live = room.tables.executions.live(name);
    return {
      pipelineName: name,
      pipelineVersion: pipeline.version,
      stageStates: pipeline.declaration.stages.map((stage, index) => stageView(room, pipeline, stage, index, live)),
      created: new Date(pipeline.createdAt),
      updated: new Date(pipeline.updatedAt),
    };
  };

const stageView = (
  room: Room,
  { name }: PipelineRecord,
  stage: PipelineRecord["declaration"]["stages"][number],
  index: number,
  live: readonly Execution[],
) => {
  const inbound = live
    .filter(({ state }) => state.status === "InProgress" && state.phase === "waiting" && state.stage === index)
    .map(({ id, rollback }) => ({
      pipelineExecutionId: id,
      status: "InProgress" as const,
      type: rollback ? ("ROLLBACK" as const) : ("STANDARD" as const),
    }));
  const latest = latestOf(room, name, stage.name);
  return {
    stageName: stage.name,
    ...(inbound[0] ? { inboundExecution: inbound[0], inboundExecutions: inbound } : { inboundExecutions: [] }),
    inboundTransitionState: transitionView(room, name, stage.name),
    actionStates: stage.actions.map((action) => actionView(room, name, stage.name, action)),
    ...(latest ? latestView(room, stage, index, latest) : {}),
  };
};

const latestView = (
  room: Room,
  stage: PipelineRecord["declaration"]["stages"][number],
  index: number,
  latest: Execution,
) => {
  const retries = latest.retries?.[stage.name];
  const entry = conditionView(room, latest, stage.name, "BEFORE_ENTRY", stage.beforeEntry);
  const success = conditionView(room, latest, stage.name, "ON_SUCCESS", stage.onSuccess);
  const failure = conditionView(room, latest, stage.name, "ON_FAILURE", stage.onFailure);
  return {
    latestExecution: {
      pipelineExecutionId: latest.id,
      status: stageStatus(latest, index, stage.name),
      type: latest.rollback ? ("ROLLBACK" as const) : ("STANDARD" as const),
    },
    ...(entry ? { beforeEntryConditionState: entry } : {}),
    ...(success ? { onSuccessConditionState: success } : {}),
    ...(failure ? { onFailureConditionState: failure } : {}),
    ...(retries
      ? {
          retryStageMetadata: {
            autoStageRetryAttempt: retries.auto,
            manualStageRetryAttempt: retries.manual,
            latestRetryTrigger: retries.latest,
          },
        }
      : {}),
  };
};

/** What became of a stage's condition in the execution that was there last. */
const conditionView = (
  { tables }: Room,
  { spec, conditions }: Execution,
  stage: string,
  type: ConditionType,
  declared: { readonly conditions?: readonly DeclaredCondition[] | undefined } | undefined,
) => {
  const run = conditions?.[conditionKey(stage, type)];
  if (!run) return undefined;
  const execution = { status: run.status, ...(run.summary === undefined ? {} : { summary: run.summary }) };
  return {
    latestExecution: execution,
    conditionStates: (declared?.conditions ?? []).map(({ rules = [] }) => ({
      latestExecution: { ...execution, lastStatusChange: new Date(run.changedAt) },
      ruleStates: rules.map(({ name }) => {
        const rule = tables.executions.latestRuleRun(spec.name, stage, type, name);
        return { ruleName: name, ...(rule ? { latestExecution: latestRuleRunView(rule) } : {}) };
      }),
    })),
  };
};

interface DeclaredCondition {
  readonly rules?: readonly { readonly name: string }[] | undefined;
}

const latestOf = ({ tables }: Room, pipeline: string, stage: string): Execution | undefined => {
  const id = tables.executions.latestIn(pipeline, stage);
  return id === undefined ? undefined : tables.executions.get(id);
};

/** What became of an execution in one of its stages. */
const stageStatus = ({ state, outcomes }: Execution, index: number, name: string) => {
  const isThere =
    "stage" in state && state.stage === index && (state.status === "InProgress" || state.status === "Stopping");
  const outcome = outcomes?.[name];
  if (outcome && !isThere) return outcome;
  if (!("stage" in state) || state.stage > index) return "Succeeded" as const;
  if (state.status === "InProgress")
    return state.phase === "running" ? ("InProgress" as const) : ("Succeeded" as const);
  return state.status === "Superseded" ? ("Succeeded" as const) : state.status;
};

const transitionView = ({ tables }: Room, pipeline: string, stage: string) => {
  const transition = tables.transitions.get([pipeline, stage]);
  if (!transition) return { enabled: true };
  const { enabled, changedBy, changedAt, reason } = transition;
  return {
    enabled,
    lastChangedBy: changedBy,
    lastChangedAt: new Date(changedAt),
    ...(enabled || reason === undefined ? {} : { disabledReason: reason }),
  };
};

const actionView = (room: Room, pipeline: string, stage: string, declared: Action) => {
  const { tables } = room;
  const { name } = declared;
  const url = entityUrl(room, declared);
  const page = url === undefined ? {} : { entityUrl: url };
  const run = tables.executions.latestRun(pipeline, stage, name);
  if (!run) return { actionName: name, ...page };
  const revision = tables.executions.get(run.executionId)?.revisions.find(({ actionName }) => actionName === name);
  return {
    actionName: name,
    ...(revision
      ? {
          currentRevision: {
            revisionId: revision.revisionId,
            revisionChangeId: revision.revisionId,
            created: new Date(revision.created ?? run.updatedAt),
          },
        }
      : {}),
    latestExecution: latestRunView(run),
    ...page,
    ...(revision?.url === undefined ? {} : { revisionUrl: revision.url }),
  };
};

export const disableStageTransition =
  (room: Room): Operation<"DisableStageTransition"> =>
  async (ctx, { pipelineName, stageName, reason }) => {
    findStage(findPipeline(room, ctx, pipelineName), stageName);
    putTransition(room, ctx, pipelineName, stageName, false, reason);
    return {};
  };

export const enableStageTransition =
  (room: Room): Operation<"EnableStageTransition"> =>
  async (ctx, { pipelineName, stageName }) => {
    findStage(findPipeline(room, ctx, pipelineName), stageName);
    putTransition(room, ctx, pipelineName, stageName, true, undefined);
    room.engine.advance(pipelineName);
    return {};
  };

const putTransition = (
  room: Room,
  ctx: Context,
  pipeline: string,
  stage: string,
  enabled: boolean,
  reason: string | undefined,
) =>
  room.tables.transitions.put([pipeline, stage], {
    enabled,
    changedBy: initiator(ctx),
    changedAt: room.clock.now(),
    ...(reason === undefined ? {} : { reason }),
  });
