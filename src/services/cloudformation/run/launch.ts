import { liveValues } from "../../../engines/stack/liveValues.ts";
import type { Journal, StackWork } from "../../../engines/stack/ports.ts";
import { runOperation } from "../../../engines/stack/run.ts";
import { known } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { failInterrupted } from "../changes/workOut.ts";
import { type CompiledStack, certain, compile } from "../definition/compile.ts";
import { compileAround } from "../definition/prepare.ts";
import { tagsByKey } from "../definition/stackTags.ts";
import { failDetections } from "../drift/detect.ts";
import type { StackDefinition, StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { readStackPolicy } from "../stackPolicy.ts";
import { resumeOperations } from "../stackSets/begin.ts";
import { surroundingsOf } from "../surroundings.ts";
import { typeFinder } from "../types.ts";
import { alreadyThere, takenNames } from "../validation/names.ts";
import { stackDriver } from "./driver.ts";
import { stackJournal } from "./journal.ts";
import { stackContext } from "./principal.ts";
import { stackTarget } from "./target.ts";
import { principalWithin, tellBegun, tellEnded } from "./traces.ts";
import { watchTriggers } from "./triggers.ts";

/** Runs a stack's operation in the background, to its end or until the cloud stops. */
export const launch = (room: Room, stackId: string): void => {
  room.deps.tasks.spawn(`the stack ${stackId}`, async (stopping) => {
    const cancelling = room.running.begin(stackId);
    const stack = room.tables.stacks.get(stackId);
    if (stack?.operation) tellBegun(room, stack, stack.operation);
    if (stack?.operation?.cancelled) room.running.giveUp(stackId, reasonToGiveUp(stack));
    let work: Work | undefined;
    try {
      work = await workOn(room, stackId, stopping, cancelling);
      await runOperation(work);
      if (stack?.operation) tellEnded(room, stack, stack.operation);
    } finally {
      work?.end();
      room.running.end(stackId);
    }
  });
};

/** AWS: a creation given up by its deletion says nothing; an update says who gave it up. */
export const reasonToGiveUp = ({ operation }: StackRecord): string =>
  operation?.kind === "CREATE" ? "" : "User Initiated";

/** Takes up every operation that was under way when the process ended. */
export const resumeAll = (room: Room): void => {
  failDetections(room);
  failInterrupted(room);
  resumeOperations(room);
  for (const { value } of room.tables.stacks.range()) if (value.operation !== undefined) launch(room, value.stackId);
};

const workOn = async (room: Room, stackId: string, stopping: AbortSignal, cancelled: AbortSignal): Promise<Work> => {
  const stack = known(room.tables.stacks.get(stackId), `the stack ${stackId}`);
  const operation = known(stack.operation, `an operation on ${stackId}`);
  const definition = stack.target ?? stack.definition;
  const compiled = await compiledFor(room, stack, definition);
  const journal = stackJournal(room, stackId, hasSecrets(stack), cancelled);
  const ctx = stackContext(room.deps, principalWithin(operation));
  const watched = operation.phase === "APPLY" ? definition?.rollback : undefined;
  const watch = watched && watchTriggers(room, ctx, watched, stopping);
  const deadline = deadlineOf(room, stack, stopping);
  const givenUp = AbortSignal.any([cancelled, ...(deadline ? [deadline] : []), ...(watch ? [watch.wentOff] : [])]);
  return {
    journal,
    target: stackTarget(room, stackId, compiled, {
      policy: operation.policy === undefined ? undefined : readStackPolicy(operation.policy),
      imports: operation.imports,
      taken: async (logicalIds) => {
        if (operation.skipsValidation) return [];
        const there = await takenNames(room, ctx, stack, compiled, logicalIds);
        return [...there].map(([logicalId, thing]) => ({
          logicalId,
          properties: thing.properties,
          reason: alreadyThere(compiled.resources.get(logicalId)?.type ?? "", thing),
        }));
      },
      monitor: async () => watch?.monitor(givenUp),
    }),
    driver: stackDriver({
      room,
      stack,
      ctx,
      tags: tagsByKey(definition?.tags ?? []),
      isGoingBack: () => journal.operation().phase === "ROLLBACK",
      find: typeFinder(room),
      creationPolicy: (logicalId) => policyOf(compiled, journal, compiled.resources.get(logicalId)?.creationPolicy),
      updatePolicy: (logicalId) => policyOf(compiled, journal, compiled.resources.get(logicalId)?.updatePolicy),
    }),
    stopping,
    givenUp,
    end: () => watch?.stop(),
  };
};

interface Work extends StackWork {
  readonly end: () => void;
}

/** A policy with its functions evaluated; undefined when there is none, or when going back. */
const policyOf = (compiled: CompiledStack, journal: Journal, policy: JsonObject | undefined) =>
  policy === undefined || journal.operation().phase !== "APPLY"
    ? undefined
    : compiled.resolver(certain(liveValues(journal))).object(policy);

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
