import type { Execution } from "../../engines/pipeline/model.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { type Beginning, beginExecution } from "./begin.ts";
import type { PipelineRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Begins an execution and says so, with how many are before it: for who follows the push that led to it. */
export const beginFollowed = (
  room: Room,
  pipeline: PipelineRecord,
  beginning: Beginning,
  detailType: "Push Accepted" | "Rule Accepted",
  detail: JsonObject,
): Execution => {
  const ahead = room.tables.executions.live(pipeline.name).length;
  const execution = beginExecution(room, pipeline, beginning);
  room.deps.events.emit({
    id: room.ids.uuid(),
    time: room.clock.now(),
    source: "aloft.codepipeline",
    detailType,
    account: room.deps.account,
    region: room.deps.region,
    resources: [pipeline.arn],
    detail: { pipeline: pipeline.name, "execution-id": execution.id, ahead, ...detail },
  });
  return execution;
};
