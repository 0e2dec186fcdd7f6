import type { PhaseSpec } from "./buildspec/types.ts";
import { BuildFailure } from "./failure.ts";
import type { BuildLog } from "./log.ts";
import type { BuildShell } from "./shell.ts";

/** Runs a phase's commands and its `finally` block. Throws the failure of the first command that failed. */
export const runCommands = async (
  phase: PhaseSpec | undefined,
  shell: BuildShell,
  log: BuildLog,
  signal: AbortSignal,
): Promise<void> => {
  if (!phase) return;
  const inCommands = await runUntilFailure(phase.commands, shell, log, signal);
  const inFinally = await runUntilFailure(phase.finally, shell, log, signal);
  const failure = inCommands ?? inFinally;
  if (failure) throw failure;
};

/** How often the build may start anew after such an end of a phase. AWS: where the pattern matches the error's message. */
export const retriesAfter = ({ onFailure }: PhaseSpec, failure: unknown): number =>
  onFailure?.action === "RETRY" &&
  failure instanceof BuildFailure &&
  new RegExp(onFailure.pattern, "s").test(failure.message)
    ? onFailure.times
    : 0;

const runUntilFailure = async (
  commands: readonly string[],
  shell: BuildShell,
  log: BuildLog,
  signal: AbortSignal,
): Promise<BuildFailure | undefined> => {
  for (const written of commands) {
    const command = written.trimEnd();
    if (command === "") continue;
    signal.throwIfAborted();
    log.agent(`Running command ${command}`);
    const status = await shell.run(command);
    signal.throwIfAborted();
    if (status === 0) continue;
    log.agent(`Command did not exit successfully ${command} exit status ${status}`);
    const message = `Error while executing command: ${command}. Reason: exit status ${status}`;
    return new BuildFailure("COMMAND_EXECUTION_ERROR", message);
  }
  return undefined;
};
