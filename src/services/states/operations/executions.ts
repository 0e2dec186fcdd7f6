import { partsOf } from "../arns.ts";
import { invalid, noMachine, wrongType } from "../errors.ts";
import { findExecution, findMachine, page } from "../find.ts";
import { findMapRun } from "../mapRuns/find.ts";
import type { ExecutionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { abortExecution } from "../run/settle.ts";
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
    const { stateMachineArn = "", statusFilter, redriveFilter, mapRunArn } = asked;
    if ((asked.stateMachineArn === undefined) === (mapRunArn === undefined))
      throw invalid("Must provide either a stateMachineArn or a mapRunArn");
    const hasStatus = (execution: ExecutionRecord) =>
      (statusFilter === undefined || execution.status === statusFilter) &&
      (redriveFilter === undefined || (redriveFilter === "REDRIVEN") === execution.redriveCount > 0);
    if (mapRunArn !== undefined) {
      const found = page(childrenOf(room, findMapRun(room, mapRunArn).id, hasStatus), asked);
      return { executions: found.items.map((child) => executionItem(room, child)), nextToken: found.nextToken };
    }
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
      hasStatus(execution) &&
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

/** AWS: express children are not kept, and not listed. */
function* childrenOf(room: Room, run: string, isAsked: (execution: ExecutionRecord) => boolean) {
  for (const { execution } of room.mapItems.values({ prefix: [run], reverse: true })) {
    const child = execution === undefined ? undefined : room.executions.get(execution);
    if (child && isAsked(child)) yield child;
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
    const stopped = abortExecution(room, execution, outcomeOf(error, cause));
    return { stopDate: new Date(stopped.stoppedAt ?? stopped.startedAt) };
  };

const outcomeOf = (error: string | undefined, cause: string | undefined) =>
  error === undefined && cause === undefined
    ? undefined
    : { error: error ?? "", ...(cause === undefined ? {} : { cause }) };
