import type { Execution } from "../../engines/pipeline/model.ts";
import type { Context } from "../../kernel/context.ts";
import { actionNotFound, executionNotFound, pipelineNotFound, stageNotFound } from "./errors.ts";
import type { ActionTypeRecord, PipelineRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** The pipeline of that name. Throws AWS's PipelineNotFoundException. */
export const findPipeline = ({ tables }: Room, ctx: Pick<Context, "account">, name: string): PipelineRecord => {
  const found = tables.pipelines.get(name);
  if (!found) throw pipelineNotFound(ctx.account, name);
  return found;
};

export const findExecution = ({ tables }: Room, pipeline: PipelineRecord, id: string): Execution => {
  const found = tables.executions.get(id);
  if (found?.spec.name !== pipeline.name) throw executionNotFound(pipeline.name, id);
  return found;
};

export const findStage = ({ name, declaration }: PipelineRecord, stage: string) => {
  const found = declaration.stages.find((each) => each.name === stage);
  if (!found) throw stageNotFound(name, stage);
  return found;
};

export const findAction = (pipeline: PipelineRecord, stage: string, action: string) => {
  const found = findStage(pipeline, stage).actions.find(({ name }) => name === action);
  if (!found) throw actionNotFound(action, stage);
  return found;
};

interface TypeId {
  readonly owner: string;
  readonly category: string;
  readonly provider: string;
  readonly version: string;
}

/** Where a type of somebody's own lies. */
export const typePlace = ({ owner, category, provider, version }: TypeId) =>
  [owner, category, provider, version] as const;

/** A type of somebody's own that is not deleted. */
export const findActionType = ({ tables }: Room, id: TypeId): ActionTypeRecord | undefined => {
  const found = id.owner === "AWS" ? undefined : tables.actionTypes.get(typePlace(id));
  return found?.deleted ? undefined : found;
};
