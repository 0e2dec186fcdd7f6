import { setTimeout as sleep } from "node:timers/promises";
import type { LaunchProgress, Tell } from "../../launch/progress.ts";
import type { Watch } from "../../launch/watch.ts";
import type { Output } from "../render/output.ts";
import { progressLine, progressLines } from "../render/progress.ts";
import { createLaunchPane } from "./launchPane.ts";
import { openScreen } from "./screen.ts";

/** How a launch is told: to a person at a terminal with what runs now below the lines; in plain lines elsewhere. */
export interface LaunchView {
  readonly tell: Tell;
  close(): void;
}

const FRAME_MS = 100;
const LOOK_MS = 250;

export const openLaunchView = (output: Output, watchOf: (pipeline: string) => Watch): LaunchView =>
  output.json || !process.stdout.isTTY ? { tell: progressLines(output), close: () => {} } : openTerminalView(watchOf);

const openTerminalView = (watchOf: (pipeline: string) => Watch): LaunchView => {
  const screen = openScreen(process.stdout);
  const pane = createLaunchPane();
  const closed = new AbortController();
  let frame = 0;
  const draw = () => screen.draw(pane.lines(Date.now(), frame));
  const timer = setInterval(() => {
    frame++;
    draw();
  }, FRAME_MS);
  const close = () => {
    closed.abort();
    clearInterval(timer);
    screen.draw([]);
    screen.close();
  };
  const follow = async (watch: Watch) => {
    while (!closed.signal.aborted) {
      for (const pipeline of await watch.look()) pane.show(pipeline);
      await sleep(LOOK_MS, undefined, { signal: closed.signal }).catch(() => undefined);
    }
  };
  process.once("exit", screen.close);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, leave(signal, close));
  return {
    tell: (progress) => {
      pane.note(progress, Date.now());
      // What keeps it from looking keeps the launch from going on, which tells it.
      if (progress.kind === "run") follow(watchOf(progress.pipeline)).catch(() => {});
      const line = isBeginning(progress) ? undefined : progressLine(progress);
      if (line !== undefined) screen.print(line);
      draw();
    },
    close,
  };
};

/** Gives the terminal back, and then ends as the signal would have. */
const leave = (signal: NodeJS.Signals, close: () => void) => () => {
  close();
  process.kill(process.pid, signal);
};

const isBeginning = (progress: LaunchProgress): boolean =>
  progress.kind === "action" && progress.status === "InProgress";
