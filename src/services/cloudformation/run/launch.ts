import { liveValues } from "../../../engines/stack/liveValues.ts";
import type { StackWork } from "../../../engines/stack/ports.ts";
import { runOperation } from "../../../engines/stack/run.ts";
import { known } from "../../../kernel/errors.ts";
import { type CompiledStack, certain, compile } from "../definition/compile.ts";
import { compileAround } from "../definition/prepare.ts";
import type { StackDefinition, StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { surroundingsOf } from "../surroundings.ts";
import { typeFinder } from "../types.ts";
import { stackDriver } from "./driver.ts";
import { stackJournal } from "./journal.ts";
import { stackContext } from "./principal.ts";
import { stackTarget } from "./target.ts";

/** Runs a stack's operation in the background, to its end or until the cloud stops. */
export const launch = (room: Room, stackId: string): void => {
  room.deps.tasks.spawn(`the stack ${stackId}`, async (stopping) => {
    const cancelling = room.running.begin(stackId);
    try {
      await runOperation(await workOn(room, stackId, stopping, cancelling));
    } finally {
      room.running.end(stackId);
    }
  });
};

/** Takes up every operation that was under way when the process ended. */
export const resumeAll = (room: Room): void => {
  for (const { value } of room.tables.stacks.range()) if (value.operation !== undefined) launch(room, value.stackId);
};

const workOn = async (room: Room, stackId: string, stopping: AbortSignal, givenUp: AbortSignal): Promise<StackWork> => {
  const stack = known(room.tables.stacks.get(stackId), `the stack ${stackId}`);
  const operation = known(stack.operation, `an operation on ${stackId}`);
  const definition = stack.target ?? stack.definition;
  const deadline = deadlineOf(room, stack, stopping);
  const compiled = await compiledFor(room, stack, definition);
  const journal = stackJournal(room, stackId, hasSecrets(stack), givenUp);
  return {
    journal,
    target: stackTarget(room, stackId, compiled),
    driver: stackDriver({
      room,
      stack,
      ctx: stackContext(room.deps, operation.principal),
      tags: Object.fromEntries((definition?.tags ?? []).map(({ key, value }) => [key, value])),
      find: typeFinder(room),
      updatePolicy: (logicalId) => {
        const policy = compiled.resources.get(logicalId)?.updatePolicy;
        if (policy === undefined || journal.operation().phase !== "APPLY") return undefined;
        return compiled.resolver(certain(liveValues(journal))).object(policy);
      },
    }),
    stopping,
    givenUp: deadline === undefined ? givenUp : AbortSignal.any([givenUp, deadline]),
  };
};

/** Deleting and rolling back need no template: what stands in the records is enough. */
const compiledFor = async (
  room: Room,
  stack: StackRecord,
  definition: StackDefinition | undefined,
): Promise<CompiledStack> => {
  const phase = stack.operation?.phase;
  const needed = phase === "APPLY" || phase === "CLEANUP";
  const empty = { processed: { Resources: { Nothing: { Type: "Custom::Nothing" } } }, parameters: [], tags: [] };
  return compile(
    needed && definition ? definition : empty,
    compileAround(room, surroundingsOf(room, stack, definition)),
  );
};

const hasSecrets = ({ definition, target }: StackRecord): boolean =>
  [definition, target].some((each) => each?.parameters.some(({ isSealed }) => isSealed));

const deadlineOf = (room: Room, { operation }: StackRecord, stopping: AbortSignal): AbortSignal | undefined => {
  if (operation?.timeoutMinutes === undefined || operation.phase !== "APPLY") return undefined;
  const controller = new AbortController();
  const leftMs = operation.startedAt + operation.timeoutMinutes * 60_000 - room.clock.now();
  const expire = () => controller.abort(new Error("Stack creation time exceeded the specified timeout. "));
  room.clock.sleep(Math.max(0, leftMs), stopping).then(expire, () => {});
  return controller.signal;
};
