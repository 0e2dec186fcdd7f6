import { colour } from "../render/output.ts";

const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const BAR_CELLS = 20;

/** What turns while something runs. */
export const spinner = (frame: number): string => colour("yellow", SPINNER[frame % SPINNER.length] ?? "");

/** `████░░░░ 2 of 4 actions` */
export const bar = (done: number, all: number, what: string): string => {
  const cells = all === 0 ? 0 : Math.round((done / all) * BAR_CELLS);
  return `${colour("green", "█".repeat(cells))}${colour("dim", "░".repeat(BAR_CELLS - cells))} ${done} of ${all} ${what}`;
};
