import { partsOf } from "../arns.ts";
import { noMachine, wrongType } from "../errors.ts";
import { findExecution, findMachine, page } from "../find.ts";
import type { ExecutionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { announce } from "../run/announce.ts";
import { settle } from "../run/drive.ts";
import { appendEvent } from "../run/ledger.ts";
import { eventView, executionItem, executionView } from "../views.ts";

export const describeExecution =
  (room: Room): Operation<"DescribeExecution"> =>
  async (_ctx, { executionArn, includedData }) => {
    const { input, output, ...rest } = { output: undefined, ...executionView(room, findExecution(room, executionArn)) };
    return includedData === "METADATA_ONLY" ? rest : { ...rest, input, output };
  };

export const listExecutions =
  (room: Room): Operation<"ListExecutions"> =>
  async (_ctx, asked) => {
    const { stateMachineArn = "", statusFilter, redriveFilter } = asked;
    const machine = findMachine(room, stateMachineArn);
    if (machine.type === "EXPRESS") throw wrongType();
    const [name = "", qualifier] = partsOf(stateMachineArn, "stateMachine");
    if (
      qualifier !== undefined &&
      !room.versions.has([name, Number(qualifier)]) &&
      !room.aliases.has([name, qualifier])
    )
      throw noMachine(stateMachineArn);
    const isAsked = (execution: ExecutionRecord) =>
      (statusFilter === undefined || execution.status === statusFilter) &&
      (redriveFilter === undefined || (redriveFilter === "REDRIVEN") === execution.redriveCount > 0) &&
      (qualifier === undefined || String(execution.version) === qualifier || execution.alias === qualifier);
    const { items, nextToken } = page(newestFirst(room, name, isAsked), asked);
    return { executions: items.map((execution) => executionItem(room, execution)), nextToken };
  };

function* newestFirst(room: Room, machine: string, isAsked: (execution: ExecutionRecord) => boolean) {
  for (const id of room.starts.values({ prefix: [machine], reverse: true })) {
    const execution = room.executions.get(id);
    if (execution && isAsked(execution)) yield execution;
  }
}

export const getExecutionHistory =
  (room: Room): Operation<"GetExecutionHistory"> =>
  async (_ctx, { executionArn, maxResults, nextToken, reverseOrder, includeExecutionData }) => {
    const { id } = findExecution(room, executionArn);
    const all = room.history.values({ prefix: [id], reverse: reverseOrder ?? false });
    const found = page(all, { maxResults, nextToken });
    return {
      events: found.items.map((event) => eventView(event, includeExecutionData ?? true)),
      nextToken: found.nextToken,
    };
  };

export const stopExecution =
  (room: Room): Operation<"StopExecution"> =>
  async (_ctx, { executionArn, error, cause }) => {
    const execution = findExecution(room, executionArn);
    if (execution.status !== "RUNNING") return { stopDate: new Date(execution.stoppedAt ?? execution.startedAt) };
    const why = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
    const stoppedAt = room.deps.clock.now();
    const stopped: ExecutionRecord = {
      ...execution,
      status: "ABORTED",
      stoppedAt,
      ...(error === undefined && cause === undefined
        ? {}
        : { outcome: { error: error ?? "", ...(cause === undefined ? {} : { cause }) } }),
    };
    const last = room.threads.get([execution.id, "0"])?.lastEvent ?? 0;
    room.deps.records.atomically(() => {
      appendEvent(room, execution.id, { type: "ExecutionAborted", previous: last, details: why });
      settle(room, stopped);
    });
    room.running.get(execution.id)?.abort(new Error("the execution was stopped"));
    announce(room, stopped);
    return { stopDate: new Date(stoppedAt) };
  };
