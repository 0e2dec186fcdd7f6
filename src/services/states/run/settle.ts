import { standingOf, withMoved } from "../mapRuns/tallies.ts";
import type { ExecutionRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { failureView } from "../views.ts";
import { announce } from "./announce.ts";
import { appendEvent } from "./ledger.ts";

/** Writes down how an execution ended. Those that failed keep their threads, for a redrive. */
export const settle = (room: Room, ended: ExecutionRecord): void => {
  const { id, machine } = ended;
  abortMapRuns(room, id);
  for (const { task } of room.threads.values({ prefix: [id] })) if (task) room.tokens.delete(task.token);
  if (ended.type === "EXPRESS") room.executions.delete(id);
  else room.executions.put(id, ended);
  if (ended.status === "SUCCEEDED" || ended.type === "EXPRESS") room.threads.clear({ prefix: [id] });
  if (ended.mapRun) noteChild(room, ended);
  sweep(room, machine);
};

/** A machine that was deleted goes when its last execution has. */
export const sweep = (room: Room, name: string): void => {
  if (!room.machines.get(name)?.isDeleting) return;
  for (const id of room.starts.values({ prefix: [name] })) if (room.executions.get(id)?.status === "RUNNING") return;
  room.machines.delete(name);
};

interface Why {
  readonly error: string;
  readonly cause?: string;
}

/** Breaks an execution off, and answers it as it stands then. */
export const abortExecution = (room: Room, execution: ExecutionRecord, why?: Why): ExecutionRecord => {
  const { id, type } = execution;
  const stoppedAt = room.deps.clock.now();
  const stopped: ExecutionRecord = { ...execution, status: "ABORTED", stoppedAt, ...(why ? { outcome: why } : {}) };
  const previous = room.threads.get([id, "0"])?.lastEvent ?? 0;
  room.deps.records.atomically(() => {
    if (type === "STANDARD")
      appendEvent(room, id, { type: "ExecutionAborted", previous, details: why ? failureView(why) : {} });
    settle(room, stopped);
  });
  room.running.get(id)?.abort(new Error("the execution was stopped"));
  announce(room, stopped);
  return stopped;
};

/** What an execution's maps have under way is broken off with it. */
const abortMapRuns = (room: Room, execution: string): void => {
  for (const id of room.mapRunsOf.values({ prefix: [execution] })) abortMapRun(room, id, "ABORTED");
};

/** Ends a map run before its time: its children that run are broken off, the others never begin. */
export const abortMapRun = (room: Room, id: string, status: "ABORTED" | "FAILED"): void => {
  const record = room.mapRuns.get(id);
  if (record?.status !== "RUNNING") return;
  room.mapRuns.put(id, { ...record, status, stoppedAt: room.deps.clock.now() });
  if ((record.tallies?.executions.running ?? 0) === 0) return;
  for (const item of room.mapItems.values({ prefix: [id] })) {
    const child = item.execution === undefined || item.ended ? undefined : room.executions.get(item.execution);
    if (child) abortExecution(room, child);
  }
};

/** Counts a child that has ended in its map run. */
const noteChild = (room: Room, ended: ExecutionRecord): void => {
  const { run = "", index = 0 } = ended.mapRun ?? {};
  const item = room.mapItems.get([run, index]);
  const record = room.mapRuns.get(run);
  if (!item || item.ended || !record) return;
  room.mapItems.put([run, index], { ...item, ended });
  room.mapRuns.put(run, withMoved(record, "running", standingOf(ended.status), item.items));
};
