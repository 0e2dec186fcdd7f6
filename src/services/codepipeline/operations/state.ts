import type { Execution } from "../../../engines/pipeline/model.ts";
import type { Context } from "../../../kernel/context.ts";
import { findPipeline, findStage } from "../find.ts";
import type { PipelineRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { latestRunView } from "../views.ts";
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
    .map(({ id }) => ({ pipelineExecutionId: id, status: "InProgress" as const }));
  const latest = latestOf(room, name, stage.name);
  return {
    stageName: stage.name,
    ...(inbound[0] ? { inboundExecution: inbound[0], inboundExecutions: inbound } : { inboundExecutions: [] }),
    inboundTransitionState: transitionView(room, name, stage.name),
    actionStates: stage.actions.map((action) => actionView(room, name, stage.name, action.name)),
    ...(latest ? { latestExecution: { pipelineExecutionId: latest.id, status: stageStatus(latest, index) } } : {}),
  };
};

const latestOf = ({ tables }: Room, pipeline: string, stage: string): Execution | undefined => {
  const id = tables.executions.latestIn(pipeline, stage);
  return id === undefined ? undefined : tables.executions.get(id);
};

/** What became of an execution in one of its stages. */
const stageStatus = ({ state }: Execution, index: number) => {
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

const actionView = ({ tables }: Room, pipeline: string, stage: string, action: string) => {
  const run = tables.executions.latestRun(pipeline, stage, action);
  if (!run) return { actionName: action };
  const revision = tables.executions.get(run.executionId)?.revisions.find(({ actionName }) => actionName === action);
  return {
    actionName: action,
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
    ...(run.external?.url === undefined ? {} : { entityUrl: run.external.url }),
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
