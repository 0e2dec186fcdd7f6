import type { LaunchProgress, Tell } from "../../launch/progress.ts";
import { colour, duration, type Output } from "../render/output.ts";
import { progressLine } from "../render/progress.ts";
import { openScreen } from "./screen.ts";

/** How a launch is told: to a person at a terminal with what runs now below the lines; in plain lines elsewhere. */
export interface LaunchView {
  readonly tell: Tell;
  close(): void;
}

const SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const FRAME_MS = 100;

export const openLaunchView = (output: Output): LaunchView => {
  if (output.json || !process.stdout.isTTY)
    return {
      tell: (progress) => {
        const line = progressLine(progress);
        if (line !== undefined) output.line(line);
      },
      close: () => {},
    };
  const screen = openScreen(process.stdout);
  const running = new Map<string, number>();
  let frame = 0;
  const draw = () => {
    const turning = SPINNER[frame % SPINNER.length] ?? "";
    screen.draw(
      [...running].map(
        ([name, since]) => `${colour("yellow", turning)} ${name} ${duration(performance.now() - since)}`,
      ),
    );
  };
  const timer = setInterval(() => {
    frame++;
    draw();
  }, FRAME_MS);
  const close = () => {
    clearInterval(timer);
    screen.draw([]);
    screen.close();
  };
  process.once("exit", screen.close);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, leave(signal, close));
  return {
    tell: (progress) => {
      note(running, progress);
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

const note = (running: Map<string, number>, progress: LaunchProgress): void => {
  if (progress.kind === "step") return;
  const name = progress.kind === "action" ? `${progress.stage} / ${progress.action}` : progress.logicalId;
  if (/(_IN_PROGRESS|InProgress)$/.test(progress.status)) running.set(name, running.get(name) ?? performance.now());
  else running.delete(name);
};
