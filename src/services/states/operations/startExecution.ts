import type { Context } from "../../../kernel/context.ts";
import type { JsonValue } from "../../../kernel/json.ts";
import { executionArn, machineArn } from "../arns.ts";
import { executionExists, invalidInput, wrongType } from "../errors.ts";
import { type Chosen, choose } from "../find.ts";
import { MAX_INPUT_BYTES } from "../limits.ts";
import { checkName } from "../names.ts";
import type { ExecutionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { announce } from "../run/announce.ts";
import { drive, runExecution } from "../run/drive.ts";
import { inputTextOf, outcomeView } from "../views.ts";

interface Asked {
  readonly name?: string | undefined;
  readonly input?: string | undefined;
  readonly traceHeader?: string | undefined;
}

export const startExecution =
  (room: Room): Operation<"StartExecution"> =>
  async (ctx, asked) => {
    const chosen = choose(room, asked.stateMachineArn);
    const execution = newExecution(room, chosen, asked, await traceOf(room, ctx, chosen, asked));
    const existing = room.executions.get(execution.id);
    if (existing) return again(room, existing, execution);
    room.deps.records.atomically(() => {
      room.executions.put(execution.id, execution);
      if (execution.type === "STANDARD")
        room.starts.put([execution.machine, execution.startedAt, execution.id], execution.id);
    });
    announce(room, execution);
    drive(room, execution);
    return started(room, execution);
  };

const started = ({ deps }: Room, execution: ExecutionRecord) => ({
  executionArn: executionArn(deps, execution),
  startDate: new Date(execution.startedAt),
});

/** AWS: a name with the same input while it runs is the same execution. */
const again = (room: Room, existing: ExecutionRecord, asked: ExecutionRecord) => {
  const isSame = JSON.stringify(existing.input) === JSON.stringify(asked.input);
  if (existing.status === "RUNNING" && isSame) return started(room, existing);
  throw executionExists(executionArn(room.deps, existing));
};

/** AWS: the header of the request counts before the one within. */
const traceOf = (room: Room, ctx: Context, { machine, revision }: Chosen, { traceHeader }: Asked): Promise<string> => {
  const given = ctx.traceId ?? traceHeader;
  return room.tracing.decide({
    traceId: given ?? ctx.beginTrace(),
    isPassed: given !== undefined,
    machine: machine.name,
    isTraced: revision.tracing?.enabled === true,
  });
};

const newExecution = (
  { deps }: Room,
  { machine, revision, version, alias }: Chosen,
  asked: Asked,
  traceId: string,
): ExecutionRecord => {
  if (asked.name !== undefined) checkName(asked.name);
  const name = asked.name ?? deps.ids.uuid();
  const unique = machine.type === "EXPRESS" ? `:${deps.ids.uuid()}` : "";
  return {
    id: `${machine.name}:${name}${unique}`,
    machine: machine.name,
    name,
    type: machine.type,
    revisionId: revision.revisionId,
    input: inputOf(asked.input ?? "{}"),
    inputText: asked.input ?? "{}",
    status: "RUNNING",
    startedAt: deps.clock.now(),
    redriveCount: 0,
    traceId,
    ...(version === undefined ? {} : { version }),
    ...(alias === undefined ? {} : { alias }),
    ...(asked.traceHeader === undefined ? {} : { traceHeader: asked.traceHeader }),
  };
};

const inputOf = (text: string): JsonValue => {
  if (Buffer.byteLength(text) > MAX_INPUT_BYTES)
    throw invalidInput(`The input is larger than ${MAX_INPUT_BYTES} bytes`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidInput(error instanceof Error ? error.message : String(error));
  }
};

const BILLED_STEP_MS = 100;
const BILLED_MEMORY_MB = 64;

export const startSyncExecution =
  (room: Room): Operation<"StartSyncExecution"> =>
  async (ctx: Context, asked) => {
    const chosen = choose(room, asked.stateMachineArn);
    if (chosen.machine.type !== "EXPRESS") throw wrongType();
    const execution = newExecution(room, chosen, asked, await traceOf(room, ctx, chosen, asked));
    room.meter("ExecutionsStarted", machineArn(room.deps, execution.machine));
    const ended = await runExecution(room, execution, ctx.signal);
    const stoppedAt = ended.stoppedAt ?? room.deps.clock.now();
    const isOver = ended.status === "SUCCEEDED" || ended.status === "TIMED_OUT";
    return {
      ...started(room, ended),
      stateMachineArn: machineArn(room.deps, ended.machine),
      name: ended.name,
      stopDate: new Date(stoppedAt),
      status: isOver ? ended.status : ("FAILED" as const),
      input: inputTextOf(ended),
      inputDetails: { included: true },
      ...outcomeView(ended),
      traceHeader: ended.traceHeader,
      billingDetails: {
        billedMemoryUsedInMB: BILLED_MEMORY_MB,
        billedDurationInMilliseconds:
          Math.max(1, Math.ceil((stoppedAt - ended.startedAt) / BILLED_STEP_MS)) * BILLED_STEP_MS,
      },
    };
  };
