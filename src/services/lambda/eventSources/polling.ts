import type { Tasks } from "../../../kernel/tasks.ts";

/**
 * Work that waits for as long as its mapping is there. It is no task: nobody could wait for the end of those.
 * The batches it runs are.
 */
export interface Polling {
  /** Begins, or begins anew after a change. */
  start(uuid: string, work: (signal: AbortSignal) => Promise<void>): void;
  stop(uuid: string): void;
  stopAll(): void;
}

/** `ending` aborts when the cloud stops. */
export const createPolling = (tasks: Tasks, ending: AbortSignal): Polling => {
  const running = new Map<string, AbortController>();
  const stop = (uuid: string): void => {
    running.get(uuid)?.abort(new Error("the event source mapping has been stopped"));
    running.delete(uuid);
  };
  return {
    stop,
    start: (uuid, work) => {
      stop(uuid);
      const controller = new AbortController();
      running.set(uuid, controller);
      const signal = AbortSignal.any([controller.signal, ending]);
      work(signal).catch((error: unknown) => {
        if (!signal.aborted) tasks.spawn(`the event source mapping ${uuid}`, () => Promise.reject(error));
      });
    },
    stopAll: () => {
      for (const uuid of [...running.keys()]) stop(uuid);
    },
  };
};
