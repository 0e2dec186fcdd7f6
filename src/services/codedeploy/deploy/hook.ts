import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import { HOOK_TIMEOUT_MS, MAX_HOOK_DIAGNOSTICS_LENGTH } from "../limits.ts";
import { type EventName, type EventRecord, hookOf } from "../records.ts";
import { Ended } from "./ended.ts";
import { current, eventOf, note } from "./ledger.ts";
import { pause } from "./pause.ts";
import type { Work } from "./work.ts";

/** Runs the function of a lifecycle event, and waits for what it reports by PutLifecycleEventHookExecutionStatus. */
export const runHook = async (work: Work, name: EventName): Promise<void> => {
  const { room, id } = work;
  const functionName = hookOf(current(room, id), name);
  if (functionName === undefined) return;
  const event = eventOf(current(room, id), name);
  // After a crash the function may have been called already: it is called again, under the same execution's id.
  invoke(work, functionName, event);
  const deadline = (event.startedAt ?? room.deps.clock.now()) + HOOK_TIMEOUT_MS;
  await pause(work, deadline, () => eventOf(current(room, id), name).reported !== undefined);
  const { reported, diagnostics } = eventOf(current(room, id), name);
  if (reported === "Succeeded") return;
  const cause =
    reported === undefined ? "it reported no status within one hour" : (diagnostics ?? "it reported Failed");
  throw new Ended("Failed", {
    code: "HOOK_EXECUTION_FAILURE",
    message: `The deployment failed because one or more of the lifecycle event validation functions failed: ${functionName} (${name}): ${cause}.`,
  });
};

/**
 * Calls the function and listens for how it ends.
 * Differs: AWS waits its hour for a function that crashed; here a crash is the report, since it will bring no other.
 */
const invoke = ({ room, ctx, id }: Work, functionName: string, { name, executionId }: EventRecord): void =>
  room.deps.tasks.spawn(`hook ${name} of ${id}`, async (signal) => {
    const fail = (diagnostics: string) => {
      if (eventOf(current(room, id), name).reported !== undefined) return;
      note(room, id, name, { reported: "Failed", diagnostics: diagnostics.slice(0, MAX_HOOK_DIAGNOSTICS_LENGTH) });
      room.bells.ring(id);
    };
    try {
      const { FunctionError, Payload } = await ctx.call("lambda", "Invoke", {
        FunctionName: functionName,
        Payload: Buffer.from(JSON.stringify({ DeploymentId: id, LifecycleEventHookExecutionId: executionId })),
      });
      if (FunctionError !== undefined) fail(Buffer.from(Payload ?? []).toString());
    } catch (error) {
      if (!signal.aborted) fail(`${errorCode(error)}: ${errorMessage(error)}`);
    }
  });
