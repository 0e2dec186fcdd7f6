/** Background work of the cloud: named, abortable, awaited when the cloud stops. */
export interface Tasks {
  /** Starts work that outlives the call that asked for it. `work` ends early when the signal aborts. */
  spawn(name: string, work: (signal: AbortSignal) => Promise<void>): void;
  /** Resolves when no work is running. Tests await this instead of sleeping. */
  idle(): Promise<void>;
  /** Aborts all work under way and waits for its end; new work may be started afterwards. */
  interrupt(reason: string): Promise<void>;
  /** Aborts all work, waits for its end, and starts no more. */
  stop(): Promise<void>;
}

/** Runs background work; `onError` hears of work that threw, which is always a bug of ours. */
export const createTasks = (onError: (name: string, error: unknown) => void): Tasks => {
  let controller = new AbortController();
  let stopped = false;
  const running = new Set<Promise<void>>();
  const run = async (name: string, work: (signal: AbortSignal) => Promise<void>) => {
    const { signal } = controller;
    try {
      await work(signal);
    } catch (error) {
      if (!signal.aborted) onError(name, error);
    }
  };
  const idle = async () => {
    while (running.size > 0) await Promise.all(running);
  };
  return {
    spawn: (name, work) => {
      if (stopped) return;
      const task = run(name, work).finally(() => running.delete(task));
      running.add(task);
    },
    idle,
    interrupt: async (reason) => {
      controller.abort(new Error(reason));
      await idle();
      controller = new AbortController();
    },
    stop: async () => {
      stopped = true;
      controller.abort(new Error("the cloud is stopping"));
      await idle();
    },
  };
};
