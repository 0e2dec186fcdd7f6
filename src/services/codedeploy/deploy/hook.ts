import { HOOK_TIMEOUT_MS, MAX_HOOK_DIAGNOSTICS_LENGTH } from "../limits.ts";
import { type EventFailure, type EventName, type EventRecord, hookOf } from "../records.ts";
import { Ended } from "./ended.ts";
import { current, eventOf, note } from "./ledger.ts";
import { pause } from "./pause.ts";
import type { Work } from "./work.ts";

/** Runs the function of a lifecycle event, and waits for what it reports by PutLifecycleEventHookExecutionStatus. */
export const runHook = async (work: Work, name: EventName): Promise<void> => {
  const { room, id, appSpec } = work;
  const functionName = hookOf(appSpec, name);
  if (functionName === undefined) return;
  const event = eventOf(current(room, id), name);
  // After a crash the function may have been called already: it is called again, under the same execution's id.
  const call = invoke(work, functionName, event);
  const deadline = (event.startedAt ?? room.deps.clock.now()) + HOOK_TIMEOUT_MS;
  await pause(
    work,
    deadline,
    () => call.refusal !== undefined || eventOf(current(room, id), name).reported !== undefined,
  );
  if (call.refusal !== undefined) throw call.refusal;
  const { reported, diagnostics } = eventOf(current(room, id), name);
  if (reported !== "Succeeded") throw failed(`${functionName} (${name})`, reported, diagnostics);
};

const failed = (hook: string, reported: EventRecord["reported"], diagnostics = "it reported Failed"): Ended => {
  const failure: EventFailure =
    reported === undefined
      ? { code: "ScriptTimedOut", message: "it reported no status within one hour" }
      : { code: "ScriptFailed", message: diagnostics };
  // Differs: AWS's message is the first sentence; which function it was, and why, is what one needs to know.
  const message = `The deployment failed because one or more of the lifecycle event validation functions failed. ${hook}: ${failure.message}.`;
  return new Ended("Failed", { code: "HOOK_EXECUTION_FAILURE", message }, failure);
};

/** A call of a hook function; its refusal once Lambda would not make it. */
interface Call {
  refusal?: unknown;
}

/**
 * Calls the function and listens for how it ends.
 * Differs: AWS waits its hour for a function that crashed; here a crash is the report, since it will bring no other.
 */
const invoke = ({ room, ctx, id }: Work, functionName: string, { name, executionId }: EventRecord): Call => {
  const call: Call = {};
  room.deps.tasks.spawn(`hook ${name} of ${id}`, async (signal) => {
    try {
      const { FunctionError, Payload } = await ctx.call("lambda", "Invoke", {
        FunctionName: functionName,
        Payload: Buffer.from(JSON.stringify({ DeploymentId: id, LifecycleEventHookExecutionId: executionId })),
      });
      if (FunctionError === undefined || eventOf(current(room, id), name).reported !== undefined) return;
      const diagnostics = Buffer.from(Payload ?? [])
        .toString()
        .slice(0, MAX_HOOK_DIAGNOSTICS_LENGTH);
      note(room, id, name, { reported: "Failed", diagnostics });
    } catch (error) {
      if (signal.aborted) return;
      call.refusal = error;
    }
    room.bells.ring(id);
  });
  return call;
};
