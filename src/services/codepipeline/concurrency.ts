import { tooManyExecutions } from "./errors.ts";
import { MAX_CONCURRENT_EXECUTIONS } from "./limits.ts";
import type { PipelineRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** AWS: in the modes QUEUED and PARALLEL no more executions begin, or go on, than may be under way. Throws its refusal. */
export const checkConcurrency = ({ tables }: Pick<Room, "tables">, { name, declaration }: PipelineRecord): void => {
  if ((declaration.executionMode ?? "SUPERSEDED") === "SUPERSEDED") return;
  if (tables.executions.live(name).length >= MAX_CONCURRENT_EXECUTIONS)
    throw tooManyExecutions(name, MAX_CONCURRENT_EXECUTIONS);
};
