/** Background work of the cloud: named, abortable, awaited when the cloud stops. */
export interface Tasks {
  /** Starts work that outlives the call that asked for it. `work` ends early when the signal aborts. */
  spawn(name: string, work: (signal: AbortSignal) => Promise<void>): void;
  /**
   * Work that stands by for as long as the cloud runs, such as a look at alarms each minute. Nobody waits for its end but
   * `interrupt` and `stop`; what it finds to do it spawns.
   */
  stand(name: string, work: (signal: AbortSignal) => Promise<void>): void;
  /** Resolves when no work is running. Tests await this instead of sleeping. */
  idle(): Promise<void>;
  /** Aborts all work under way and waits for its end; new work may be started afterwards. */
  interrupt(reason: string): Promise<void>;
  /** Aborts all work, waits for its end, and starts no more. */
  stop(): Promise<void>;
}

/** Runs background work; `onError` hears of work that threw, which is always a bug of ours. */
export const createTasks = (onError: (name: string, error: unknown) => void): Tasks => {
  /** One of each piece of work: what joins its signal with others (`AbortSignal.any`) goes when the work has ended. */
  const controllers = new Set<AbortController>();
  let ending: Error | undefined;
  let stopped = false;
  const running = new Set<Promise<void>>();
  const run = async (name: string, work: (signal: AbortSignal) => Promise<void>) => {
    const controller = new AbortController();
    if (ending) controller.abort(ending);
    controllers.add(controller);
    try {
      await work(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) onError(name, error);
    } finally {
      controllers.delete(controller);
    }
  };
  const standing = new Set<Promise<void>>();
  const idle = async () => {
    // What stands by may have been woken just now, and is about to spawn.
    if (standing.size > 0) await new Promise((resolve) => setImmediate(resolve));
    while (running.size > 0) await Promise.all(running);
  };
  const begin = (among: Set<Promise<void>>, name: string, work: (signal: AbortSignal) => Promise<void>) => {
    if (stopped) return;
    const task = run(name, work).finally(() => among.delete(task));
    among.add(task);
  };
  const end = async (reason: string) => {
    ending = new Error(reason);
    for (const controller of [...controllers]) controller.abort(ending);
    while (running.size + standing.size > 0) await Promise.all([...running, ...standing]);
  };
  return {
    spawn: (name, work) => begin(running, name, work),
    stand: (name, work) => begin(standing, name, work),
    idle,
    interrupt: async (reason) => {
      await end(reason);
      ending = undefined;
    },
    stop: async () => {
      stopped = true;
      await end("the cloud is stopping");
    },
  };
};
