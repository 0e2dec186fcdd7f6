import type { SandboxPlace } from "../../../engines/build/ports.ts";
import type { SecretMask } from "../../../engines/process/mask.ts";

/** A sandbox in which commands may run. */
export interface OpenSandbox {
  readonly place: SandboxPlace;
  readonly mask: SecretMask;
  readonly log: (line: string) => void;
  /** Aborted when the sandbox ends. */
  readonly signal: AbortSignal;
}

/** Lets commands run in a sandbox until it is ended; its processes are ended by whoever ends it. */
export const holdSandbox = async (
  openSandboxes: Map<string, OpenSandbox>,
  id: string,
  opened: Omit<OpenSandbox, "signal">,
  signal: AbortSignal,
): Promise<void> => {
  openSandboxes.set(id, { ...opened, signal });
  try {
    if (!signal.aborted)
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  } finally {
    openSandboxes.delete(id);
  }
};
