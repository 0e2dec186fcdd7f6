import { setTimeout as sleep } from "node:timers/promises";
import { isUnderWay, type LivePipeline, type Watch } from "../../launch/watch.ts";
import type { Output } from "../render/output.ts";
import { progressLines } from "../render/progress.ts";
import { pipelineLines } from "./pipelineLines.ts";
import { openScreen } from "./screen.ts";

const LOOK_MS = 250;
const FRAME_MS = 100;

/** How long to watch. */
export interface WatchOptions {
  /** Ends when no run is under way. */
  readonly untilDone: boolean;
}

/** Shows pipelines as they change, until there is nothing to wait for or the process is told to end. */
export const watchPipelines = async (
  watch: Watch,
  output: Output,
  { untilDone }: WatchOptions,
): Promise<readonly LivePipeline[]> => {
  const ending = new AbortController();
  const end = () => ending.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, end);
  const view = !output.json && process.stdout.isTTY ? liveView() : lineView(output);
  try {
    while (true) {
      const pipelines = await watch.look();
      view.show(pipelines);
      if ((untilDone && !pipelines.some(isUnderWay)) || ending.signal.aborted) return pipelines;
      await sleep(LOOK_MS, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  } finally {
    view.close();
    for (const signal of signals) process.off(signal, end);
  }
};

interface View {
  show(pipelines: readonly LivePipeline[]): void;
  close(): void;
}

/** On a terminal: drawn in place, with what turns and counts moving on between two looks. */
const liveView = (): View => {
  const screen = openScreen(process.stdout);
  let latest: readonly LivePipeline[] | undefined;
  let frame = 0;
  const draw = () => {
    if (latest === undefined) return;
    const now = Date.now();
    const lines = latest.flatMap((pipeline) => [...pipelineLines(pipeline, now, frame), ""]);
    screen.draw(lines.length > 0 ? lines : ["There is no pipeline yet. Next: aloft launch"]);
  };
  const timer = setInterval(() => {
    frame++;
    draw();
  }, FRAME_MS);
  // Whatever ends the process, the cursor comes back.
  process.once("exit", screen.close);
  return {
    show: (pipelines) => {
      latest = pipelines;
      draw();
    },
    close: () => {
      clearInterval(timer);
      process.off("exit", screen.close);
      screen.close();
    },
  };
};

/** Elsewhere: a line for each change, or a JSON document on a line of its own. */
const lineView = (output: Output): View => {
  const told = new Set<string>();
  const tell = progressLines(output);
  return {
    show: (pipelines) => {
      for (const { name, run, stages } of pipelines)
        for (const stage of stages)
          for (const action of stage.actions) {
            const key = `${name} ${run?.id} ${stage.name} ${action.name} ${action.startedAt} ${action.status}`;
            if (action.status === "Waiting" || told.has(key)) continue;
            told.add(key);
            tell({
              kind: "action",
              stage: stage.name,
              action: action.name,
              status: action.status,
              durationMs: action.durationMs,
              summary: action.reason,
              needsApproval: action.needsApproval === true,
            });
            if (output.json) {
              const { logLine: _, ...change } = action;
              process.stdout.write(
                `${JSON.stringify({ pipeline: name, run: run?.id, stage: stage.name, ...change })}\n`,
              );
            }
          }
    },
    close: () => {},
  };
};
