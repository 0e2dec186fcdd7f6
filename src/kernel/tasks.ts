/** Background work of the cloud: named, abortable, awaited when the cloud stops. */
export interface Tasks {
  /** Starts work that outlives the call that asked for it. `work` ends early when the signal aborts. */
  spawn(name: string, work: (signal: AbortSignal) => Promise<void>): void;
  /** Resolves when no work is running. Tests await this instead of sleeping. */
  idle(): Promise<void>;
  /** Aborts all work and waits for its end. */
  stop(): Promise<void>;
}

/** Runs background work; `onError` hears of work that threw, which is always a bug of ours. */
export const createTasks = (onError: (name: string, error: unknown) => void): Tasks => {
  const controller = new AbortController();
  const running = new Set<Promise<void>>();
  const run = async (name: string, work: (signal: AbortSignal) => Promise<void>) => {
    try {
      await work(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) onError(name, error);
    }
  };
  const idle = async () => {
    while (running.size > 0) await Promise.all(running);
  };
  return {
    spawn: (name, work) => {
      if (controller.signal.aborted) return;
      const task = run(name, work).finally(() => running.delete(task));
      running.add(task);
    },
    idle,
    stop: async () => {
      controller.abort(new Error("the cloud is stopping"));
      await idle();
    },
  };
};
