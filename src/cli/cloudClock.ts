import type { CloudHere } from "./cloudHere.ts";
import { callControl } from "./control.ts";
import { CliError } from "./failure.ts";

/** The cloud's time, and how fast it passes: 0 while it stands still. */
export interface ClockReading {
  /** As ISO 8601 has it. */
  readonly now: string;
  readonly rate: number;
}

/** Asks the cloud's clock, or tells it to move: `path` is what lies below its door. */
export const askClock = async (
  { running, state }: Pick<CloudHere, "running" | "state">,
  method = "GET",
  path = "",
): Promise<ClockReading> => {
  const answer = await callControl(running, state, method, `/_aloft/clock${path}`);
  if (typeof answer === "object" && answer !== null && "now" in answer && "rate" in answer)
    return { now: String(answer.now), rate: Number(answer.rate) };
  throw new CliError("The cloud's door answered what this command does not know.", "aloft version");
};
