import { mapRunArn } from "../arns.ts";
import { standingOf, withMoved } from "../mapRuns/tallies.ts";
import type { ExecutionRecord, MapRunRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { appendEvent, lastEventOf } from "./ledger.ts";

/** What failed or was broken off begins again at its state, with all of its retries; what succeeded stays. */
export const takeBack = (room: Room, id: string): void => {
  for (const { key, value: thread } of room.threads.range({ prefix: [id] })) {
    if (thread.outcome && "output" in thread.outcome) continue;
    const { outcome: _failed, task: _task, retryAt: _retry, waitUntil: _wait, entered, ...rest } = thread;
    // A Parallel or Map state goes on with the children it has; other states are entered anew.
    const goesOn = thread.inputs !== undefined || thread.mapRun !== undefined;
    room.threads.put(key, { ...rest, retries: {}, ...(entered && goesOn ? { entered } : {}) });
  }
};

/** The map runs that an execution's states stand in run on, with the items that failed. https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html */
export const reopenMapRuns = (room: Room, execution: string): void => {
  const { clock } = room.deps;
  for (const { key, value: thread } of room.threads.range({ prefix: [execution] })) {
    const run = [...room.mapRunsOf.values({ prefix: [execution] })]
      .map((id) => room.mapRuns.get(id))
      .find((each) => each && mapRunArn(room.deps, each.id) === thread.mapRun);
    if (!run || run.status === "SUCCEEDED" || run.status === "RUNNING") continue;
    const { stoppedAt: _over, ...rest } = run;
    const reopened: MapRunRecord = {
      ...rest,
      status: "RUNNING",
      redriveCount: run.redriveCount + 1,
      redrivenAt: clock.now(),
    };
    room.mapRuns.put(run.id, reopened);
    const details = { mapRunArn: thread.mapRun ?? "", redriveCount: reopened.redriveCount };
    const lastEvent = appendEvent(room, execution, { type: "MapRunRedriven", previous: thread.lastEvent, details });
    room.threads.put(key, { ...thread, lastEvent });
    reopenChildren(room, run.id);
  }
};

const reopenChildren = (room: Room, run: string): void => {
  for (const { key, value: item } of room.mapItems.range({ prefix: [run] })) {
    const { ended, execution: _begun, isRunning: _counted, ...fresh } = item;
    const record = room.mapRuns.get(run);
    if (!ended || ended.status === "SUCCEEDED" || !record) continue;
    room.mapRuns.put(run, withMoved(record, standingOf(ended.status), "pending", item.items));
    const isKept = ended.type === "STANDARD";
    room.mapItems.put(key, isKept ? { ...fresh, execution: ended.id } : fresh);
    if (isKept) redriveChild(room, ended);
  }
};

const redriveChild = (room: Room, { outcome: _failed, stoppedAt: _over, ...rest }: ExecutionRecord): void => {
  const redriveCount = rest.redriveCount + 1;
  room.executions.put(rest.id, { ...rest, status: "RUNNING", redriveCount, redrivenAt: room.deps.clock.now() });
  const previous = lastEventOf(room, rest.id);
  appendEvent(room, rest.id, { type: "ExecutionRedriven", previous, details: { redriveCount } });
  takeBack(room, rest.id);
};
