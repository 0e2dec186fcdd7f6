import type { Execution } from "../../engines/pipeline/model.ts";
import { specOf } from "./declaration.ts";
import type { PipelineRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** What an execution is begun with. */
export interface Beginning {
  readonly trigger: { readonly type: string; readonly detail: string };
  /** Revisions by source action. */
  readonly overrides?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Begins a new execution of a pipeline. */
export const beginExecution = (room: Room, { name }: PipelineRecord, beginning: Beginning): Execution =>
  begin(room, name, beginning, ({ declaration }) => {
    const defaults = (declaration.variables ?? []).map((variable) => [variable.name, variable.defaultValue ?? ""]);
    return { variables: { ...Object.fromEntries(defaults), ...beginning.variables } };
  });

/** Begins an execution that runs one stage again with what an earlier one brought there. */
export const beginRollback = (room: Room, stage: string, target: Execution, trigger: Beginning["trigger"]): Execution =>
  begin(room, target.spec.name, { trigger, overrides: target.overrides }, ({ declaration }) => {
    const { variables, revisions, artifacts, namespaces } = target;
    const index = declaration.stages.findIndex(({ name }) => name === stage);
    return {
      variables,
      revisions,
      artifacts,
      namespaces,
      state: { status: "InProgress", phase: "waiting", stage: index },
      rollback: { target: target.id },
    };
  });

const begin = (
  room: Room,
  name: string,
  { trigger, overrides = {} }: Beginning,
  more: (pipeline: PipelineRecord) => Partial<Execution>,
): Execution => {
  const { tables, clock, ids } = room;
  // Read anew: its next sequence may have been given in this same turn.
  const pipeline = tables.pipelines.get(name);
  if (!pipeline) throw new Error(`the pipeline ${name} is gone`);
  const now = clock.now();
  const execution: Execution = {
    id: ids.uuid(),
    sequence: pipeline.nextSequence,
    spec: specOf(pipeline),
    startedAt: now,
    updatedAt: now,
    trigger,
    state: { status: "InProgress", phase: "waiting", stage: 0 },
    runs: 0,
    revisions: [],
    overrides,
    variables: {},
    artifacts: {},
    namespaces: {},
    ...more(pipeline),
  };
  room.deps.records.atomically(() => {
    tables.pipelines.put(name, { ...pipeline, nextSequence: pipeline.nextSequence + 1 });
    room.engine.submit(execution);
  });
  return execution;
};
