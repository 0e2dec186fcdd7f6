import type { ProcessExit, ProcessPort, ProcessSpec } from "./port.ts";

/** What a pretended process does: it may speak through `spec.onLine`, and ends with what it returns. */
export type FakeProgram = (
  spec: ProcessSpec,
  input: AsyncIterable<string>,
  signal: AbortSignal,
) => Promise<ProcessExit>;

/** Processes that are functions, for simulations. `stop` aborts the program's signal; its end then counts as stopped. */
export const processFake = (program: FakeProgram): ProcessPort => {
  let lastPid = 1_000;
  return {
    start: (spec) => {
      const stopped = new AbortController();
      const stop = () => stopped.abort();
      const input = createQueue();
      spec.signal?.addEventListener("abort", stop, { once: true });
      if (spec.signal?.aborted) stop();
      const run = async (): Promise<ProcessExit> => {
        const exit = await program(spec, input.read(), stopped.signal);
        return stopped.signal.aborted ? { kind: "stopped" } : exit;
      };
      return { pid: ++lastPid, exited: run(), stop, write: async (chunk) => input.push(String(chunk)), end: input.end };
    },
    killMarked: async () => 0,
  };
};

const createQueue = () => {
  const chunks: string[] = [];
  let ended = false;
  let wake = () => {};
  return {
    push: (chunk: string) => {
      chunks.push(chunk);
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    async *read(): AsyncGenerator<string> {
      for (;;) {
        const next = chunks.shift();
        if (next !== undefined) yield next;
        else if (ended) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
};
