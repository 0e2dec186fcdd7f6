import type { BuildPorts } from "./ports.ts";

/** What a build writes to its log, in the agent's own words. */
export interface BuildLog {
  /** A line of the agent: `[Container] 2026/11/23 12:00:00.000000 Entering phase BUILD`. */
  agent(text: string): void;
  /** A line of a command's output, masked already. */
  output(line: string): void;
}

/** A log that masks, and that ends at its bound instead of filling a disk. */
export const createBuildLog = ({ clock, mask, log }: Pick<BuildPorts, "clock" | "mask" | "log">): BuildLog => {
  let remainingBytes = MAX_OUTPUT_BYTES;
  return {
    agent: (text) => {
      for (const line of `[Container] ${stamp(clock.now())} ${text}`.split("\n")) log(mask.apply(line));
    },
    output: (line) => {
      if (remainingBytes <= 0) return;
      remainingBytes -= line.length + 1;
      log(remainingBytes > 0 ? line : `Output is longer than ${MAX_OUTPUT_BYTES} bytes; the rest is dropped.`);
    },
  };
};

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** `2026/11/23 12:00:00.000000`, in UTC as on AWS. */
const stamp = (ms: number): string =>
  `${new Date(ms).toISOString().replaceAll("-", "/").replace("T", " ").slice(0, -1)}000`;
