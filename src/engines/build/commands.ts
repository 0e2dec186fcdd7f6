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
  for (let retries = 0; ; retries++) {
    const inCommands = await runUntilFailure(phase.commands, shell, log, signal);
    const inFinally = await runUntilFailure(phase.finally, shell, log, signal);
    const failure = inCommands ?? inFinally;
    if (!failure) return;
    if (!mayRetry(phase, failure, retries) || signal.aborted) throw failure;
    log.agent(`Retrying the phase: ${retries + 1} of ${retriesOf(phase)}`);
  }
};

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

/** Differs: AWS starts the whole build anew; here the phase's commands run again in the same place. */
const mayRetry = ({ onFailure }: PhaseSpec, failure: BuildFailure, retries: number): boolean =>
  onFailure?.action === "RETRY" &&
  retries < onFailure.times &&
  new RegExp(onFailure.pattern, "s").test(failure.message);

const retriesOf = ({ onFailure }: PhaseSpec): number => (onFailure?.action === "RETRY" ? onFailure.times : 0);
