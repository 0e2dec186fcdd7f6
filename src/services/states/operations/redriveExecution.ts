import { DAY_MS } from "../../../kernel/clock.ts";
import { notRedrivable } from "../errors.ts";
import { findExecution } from "../find.ts";
import { MAX_REDRIVES, REDRIVE_DAYS } from "../limits.ts";
import type { ExecutionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { announce } from "../run/announce.ts";
import { drive } from "../run/drive.ts";
import { appendEvent, lastEventOf } from "../run/ledger.ts";
import { reopenMapRuns, takeBack } from "../run/redrive.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
export const redriveExecution =
  (room: Room): Operation<"RedriveExecution"> =>
  async (_ctx, { executionArn }) => {
    const execution = findExecution(room, executionArn);
    if (execution.mapRun) throw notRedrivable("Child executions are redriven with the execution that began them");
    checkRedrivable(room, execution);
    const now = room.deps.clock.now();
    const { outcome: _ended, stoppedAt: _stopped, ...rest } = execution;
    const redriven: ExecutionRecord = {
      ...rest,
      status: "RUNNING",
      redriveCount: execution.redriveCount + 1,
      redrivenAt: now,
    };
    room.deps.records.atomically(() => {
      room.executions.put(execution.id, redriven);
      appendEvent(room, execution.id, {
        type: "ExecutionRedriven",
        previous: lastEventOf(room, execution.id),
        details: { redriveCount: redriven.redriveCount },
      });
      takeBack(room, execution.id);
      reopenMapRuns(room, execution.id);
    });
    announce(room, redriven);
    drive(room, redriven);
    return { redriveDate: new Date(now) };
  };

const checkRedrivable = ({ deps }: Room, { status, startedAt, stoppedAt, redriveCount }: ExecutionRecord): void => {
  if (status === "RUNNING" || status === "SUCCEEDED")
    throw notRedrivable(`Execution is ${status} and cannot be redriven`);
  if (redriveCount >= MAX_REDRIVES) throw notRedrivable("Execution has been redriven too many times");
  if (deps.clock.now() - (stoppedAt ?? startedAt) > REDRIVE_DAYS * DAY_MS)
    throw notRedrivable("Execution redrive period exceeded");
};
