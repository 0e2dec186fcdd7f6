import { callControl } from "./control.ts";
import type { RunningCloud } from "./settings.ts";

/** A link that opens the console once, within ten minutes. */
export const consoleLink = async (running: RunningCloud, state: string): Promise<string> => {
  const answer = await callControl(running, state, "POST", "/_aloft/console-link");
  const path = typeof answer === "object" && answer !== null && "path" in answer ? String(answer.path) : "";
  return `${running.endpoint}${path}`;
};
