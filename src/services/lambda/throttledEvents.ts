import type { Clock } from "../../kernel/clock.ts";

/** Asynchronous events that found no room to run: each waits for its time, or until one of its function has run. */
export interface ThrottledEvents {
  wait(functionName: string, ms: number, signal: AbortSignal): Promise<void>;
  /** One has run: the first that waits may try. */
  ran(functionName: string): void;
}

export const createThrottledEvents = (clock: Clock): ThrottledEvents => {
  const waiting = new Map<string, Set<() => void>>();
  const waitingFor = (functionName: string): Set<() => void> => {
    const known = waiting.get(functionName);
    if (known) return known;
    const made = new Set<() => void>();
    waiting.set(functionName, made);
    return made;
  };
  return {
    wait: async (functionName, ms, signal) => {
      const early = new AbortController();
      const all = waitingFor(functionName);
      const wake = () => early.abort();
      all.add(wake);
      try {
        await clock.sleep(ms, AbortSignal.any([signal, early.signal]));
      } catch (error) {
        if (!early.signal.aborted) throw error;
      } finally {
        all.delete(wake);
        if (all.size === 0) waiting.delete(functionName);
      }
    },
    ran: (functionName) => {
      const [first] = waiting.get(functionName) ?? [];
      first?.();
    },
  };
};
