import { createPipelineEngine } from "../../engines/pipeline/engine.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { act } from "./act/act.ts";
import { createAnnouncer } from "./announce.ts";
import { catchUp } from "./catchUp.ts";
import { takeObject } from "./objects.ts";
import { takePush } from "./pushes.ts";
import { openTables } from "./records.ts";
import { rollBackStage } from "./rollback.ts";
import { opened, type Room } from "./room.ts";
import { tellUnderWay } from "./traces.ts";

/** Opens CodePipeline in one account and region: from now on it hears of pushes. */
export const openRoom = (deps: RoomDeps): Room => {
  const tables = openTables(deps.records);
  const room: Room = {
    deps,
    clock: deps.clock,
    ids: deps.ids,
    tables,
    engine: createPipelineEngine({
      clock: deps.clock,
      ids: deps.ids,
      tasks: deps.tasks,
      executions: tables.executions,
      mayEnter: (pipeline, stage) => tables.transitions.get([pipeline, stage])?.enabled ?? true,
      act: (job) => act(room)(job),
      rollBack: (failed, stage) => rollBackStage(room, failed, stage),
      announce: createAnnouncer(deps, tables),
    }),
    answered: new Set(),
    stopListening: deps.events.subscribe((event) => {
      takePush(room, event);
      takeObject(room, event);
    }),
  };
  opened.add(room);
  return room;
};

/** Goes on with what ran when the process ended. */
export const resumeRoom = (room: Room): void => {
  for (const { value } of room.tables.pipelines.range())
    for (const execution of room.tables.executions.live(value.name)) tellUnderWay(room, execution);
  room.engine.resume([...room.tables.pipelines.range()].map(({ value }) => value.name));
  catchUp(room);
};
