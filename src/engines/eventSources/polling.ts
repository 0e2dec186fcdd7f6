import type { Tasks } from "../../kernel/tasks.ts";

/**
 * Work that waits for as long as what it reads for is there. It is no task: nobody could wait for the end of those.
 * The batches it runs are.
 */
export interface Polling {
  /** Begins, or begins anew after a change. */
  start(key: string, work: (signal: AbortSignal) => Promise<void>): void;
  stop(key: string): void;
  stopAll(): void;
}

/** `what` is polled for, such as an event source mapping; `ending` aborts when the cloud stops. */
export const createPolling = (tasks: Tasks, what: string, ending: AbortSignal): Polling => {
  const running = new Map<string, AbortController>();
  const stop = (key: string): void => {
    running.get(key)?.abort(new Error(`the ${what} has been stopped`));
    running.delete(key);
  };
  return {
    stop,
    start: (key, work) => {
      stop(key);
      const controller = new AbortController();
      running.set(key, controller);
      const signal = AbortSignal.any([controller.signal, ending]);
      work(signal).catch((error: unknown) => {
        if (!signal.aborted) tasks.spawn(`the ${what} ${key}`, () => Promise.reject(error));
      });
    },
    stopAll: () => {
      for (const key of [...running.keys()]) stop(key);
    },
  };
};
