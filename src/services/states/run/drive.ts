import { StateFailure } from "../../../engines/states/failure.ts";
import type { Ledger, Outcome, Run } from "../../../engines/states/model.ts";
import { runThread } from "../../../engines/states/run.ts";
import { machineAt } from "../../../engines/states/scope.ts";
import { numberOf } from "../../../engines/states/values.ts";
import { assumeRole } from "../../../kernel/assumeRole.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorMessage, isRefusal, known } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { executionArn, machineArn, nameOfMachine } from "../arns.ts";
import { taskRunner } from "../integrations/run.ts";
import { EXPRESS_TIMEOUT_SECONDS, MAX_HISTORY_EVENTS } from "../limits.ts";
import { mapRunsOf } from "../mapRuns/mapRuns.ts";
import type { ExecutionRecord, HistoryRecord, Revision } from "../records.ts";
import type { Room } from "../room.ts";
import { failureView, inputTextOf } from "../views.ts";
import { announce } from "./announce.ts";
import { durableLedger, fleetingLedger } from "./ledger.ts";
import { eventLog } from "./logging.ts";
import { settle } from "./settle.ts";
import { isTold, SERVICE, tellTrace, traceWithin } from "./traces.ts";

/** Takes up the executions that a crash left. */
export const resumeExecutions = (room: Room): void => {
  // A child goes on with its map run.
  for (const { value } of room.executions.range()) if (value.status === "RUNNING" && !value.mapRun) drive(room, value);
};

/** Carries an execution to its end in the background. */
export const drive = (room: Room, execution: ExecutionRecord): void =>
  room.deps.tasks.spawn(`execution ${execution.id}`, async (signal) => {
    await runExecution(room, execution, signal);
  });

/** Carries an execution to its end, from wherever it stands, and answers how it ended. */
export const runExecution = async (
  room: Room,
  execution: ExecutionRecord,
  signal: AbortSignal,
): Promise<ExecutionRecord> => {
  const stopped = new AbortController();
  const { id, type } = execution;
  const revision = known(room.revisions.get([execution.machine, execution.revisionId]), `the revision of ${id}`);
  const log = eventLog(room, execution, revision);
  const fleeting: HistoryRecord[] = [];
  const ledger =
    type === "EXPRESS"
      ? fleetingLedger(room, (event) => {
          log(event);
          if (isTold(execution) && fleeting.length < MAX_HISTORY_EVENTS) fleeting.push(event);
        })
      : durableLedger(room, execution, log);
  const tell = (ended: ExecutionRecord): ExecutionRecord => {
    tellTrace(room, ended);
    room.tracing.tell(ended, revision, type === "EXPRESS" ? fleeting : room.history.values({ prefix: [id] }));
    return ended;
  };
  room.running.set(id, stopped);
  tellTrace(room, execution);
  try {
    const outcome = await outcomeOf(room, execution, revision, ledger, AbortSignal.any([signal, stopped.signal]));
    return tell(complete(room, execution, ledger, outcome));
  } catch (error) {
    if (!stopped.signal.aborted || signal.aborted) throw error;
    return tell(room.executions.get(id) ?? execution);
  } finally {
    room.running.delete(id);
  }
};

interface Ended {
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT";
  readonly outcome: Outcome;
}

const outcomeOf = async (
  room: Room,
  execution: ExecutionRecord,
  revision: Revision,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<Ended> => {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  try {
    const definition = parsed(revision.definition);
    begin(room, execution, definition, ledger, revision);
    const run = runOf(room, execution, revision, definition, ledger, until);
    const work = runThread(run, ROOT, until);
    const limit = timeoutOf(execution, definition);
    const output = await (limit === undefined ? work : Promise.race([work, timeOut(room, execution, limit, until)]));
    return { status: "SUCCEEDED", outcome: { output } };
  } catch (error) {
    if (signal.aborted || !(error instanceof StateFailure)) throw error;
    const { error: name, reason } = error;
    const isLate = error instanceof ExecutionTimedOut;
    return {
      status: isLate ? "TIMED_OUT" : "FAILED",
      outcome: { error: name, ...(reason === undefined ? {} : { cause: reason }) },
    };
  } finally {
    over.abort();
  }
};

const ROOT = "0";

class ExecutionTimedOut extends StateFailure {}

const parsed = (definition: string): JsonObject => {
  const value: unknown = JSON.parse(definition);
  return known(isJsonObject(value) ? value : undefined, "a definition");
};

const timeoutOf = (execution: ExecutionRecord, definition: JsonObject): number | undefined => {
  const own = execution.mapRun ? undefined : numberOf(definition, "TimeoutSeconds");
  return execution.type === "EXPRESS" ? Math.min(own ?? EXPRESS_TIMEOUT_SECONDS, EXPRESS_TIMEOUT_SECONDS) : own;
};

const timeOut = async (
  { deps }: Room,
  { startedAt, redrivenAt }: ExecutionRecord,
  seconds: number,
  signal: AbortSignal,
): Promise<never> => {
  await deps.clock.sleep((redrivenAt ?? startedAt) + seconds * 1000 - deps.clock.now(), signal);
  throw new ExecutionTimedOut("States.Timeout");
};

/** The first event and the first thread, unless a crash left them. */
const begin = (
  room: Room,
  execution: ExecutionRecord,
  definition: JsonObject,
  ledger: Ledger,
  revision: Revision,
): void => {
  if (ledger.get(ROOT)) return;
  const { deps } = room;
  const { machine, version, alias } = execution;
  ledger.atomically(() => {
    ledger.append("ExecutionStarted", 0, {
      input: inputTextOf(execution),
      inputDetails: { truncated: false },
      roleArn: revision.roleArn,
      ...(version === undefined ? {} : { stateMachineVersionArn: machineArn(deps, machine, version) }),
      ...(alias === undefined ? {} : { stateMachineAliasArn: machineArn(deps, machine, alias) }),
    });
    // AWS: the first state's event follows none.
    const scope = execution.mapRun?.scope ?? [];
    ledger.save({
      id: ROOT,
      scope,
      state: String(machineAt(definition, scope)["StartAt"]),
      input: execution.input,
      variables: {},
      lastEvent: 0,
      retries: {},
    });
  });
};

/** An execution with the means to carry it on. */
export const runOf = (
  room: Room,
  execution: ExecutionRecord,
  revision: Revision,
  definition: JsonObject,
  ledger: Ledger,
  signal: AbortSignal,
): Run => {
  const { deps } = room;
  const arn = executionArn(deps, execution);
  const contextOf = (roleArn?: string) => roleContext(room, execution, roleArn ?? revision.roleArn, signal);
  return {
    definition,
    region: deps.region,
    ledger,
    clock: deps.clock,
    chance: { uuid: () => deps.ids.uuid(), random: () => deps.ids.bytes(4).readUInt32BE(0) / 2 ** 32 },
    context: {
      Execution: {
        Id: arn,
        Input: execution.input,
        Name: execution.name,
        RoleArn: revision.roleArn,
        StartTime: new Date(execution.startedAt).toISOString(),
        RedriveCount: execution.redriveCount,
        ...(execution.redrivenAt === undefined ? {} : { RedriveTime: new Date(execution.redrivenAt).toISOString() }),
      },
      StateMachine: { Id: machineArn(deps, nameOfMachine(execution)), Name: nameOfMachine(execution) },
    },
    newToken: () => deps.ids.bytes(96).toString("base64"),
    lastBeat: (token) => room.tokens.get(token)?.beatAt,
    mapRuns: (until) =>
      mapRunsOf({ room, execution, contextOf, signal: until, runChild: (child) => runExecution(room, child, until) }),
    runTask: taskRunner(room, machineArn(deps, execution.machine), contextOf),
    forget: (token) => {
      room.tokens.delete(token);
    },
  };
};

/** The context of a role of the machine's, or of the one a task names. */
const roleContext = async (
  room: Room,
  execution: ExecutionRecord,
  roleArn: string,
  signal: AbortSignal,
): Promise<Context> => {
  const { account, contextAs } = room.deps;
  const sourceArn = machineArn(room.deps, execution.machine);
  const self = contextAs({ kind: "service", account, service: SERVICE, sourceArn })
    .traced(traceWithin(execution))
    .until(signal);
  try {
    return await assumeRole(self, { service: SERVICE, sourceArn }, roleArn, execution.name);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new StateFailure(
      "States.TaskFailed",
      `Neither the global service principal ${SERVICE}, nor the regional one is authorized to assume the provided role ${roleArn}: ${errorMessage(error)}`,
    );
  }
};

const EVENTS = { SUCCEEDED: "ExecutionSucceeded", FAILED: "ExecutionFailed", TIMED_OUT: "ExecutionTimedOut" } as const;

const complete = (
  room: Room,
  execution: ExecutionRecord,
  ledger: Ledger,
  { status, outcome }: Ended,
): ExecutionRecord => {
  const ended: ExecutionRecord = { ...execution, status, outcome, stoppedAt: room.deps.clock.now() };
  ledger.atomically(() => {
    const root = ledger.get(ROOT);
    const details =
      "output" in outcome
        ? { output: JSON.stringify(outcome.output), outputDetails: { truncated: false } }
        : failureView(outcome);
    ledger.append(EVENTS[status], root?.lastEvent ?? 0, details);
    settle(room, ended);
  });
  announce(room, ended);
  return ended;
};
