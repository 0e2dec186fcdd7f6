import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { errorCode } from "../kernel/errors.ts";

/** Whether there is somebody to ask: a person at both ends. */
export const canAsk = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** Asks on the terminal; a bare Enter is a yes, Ctrl+D a no, and Ctrl+C ends the command as it ends any other. */
export const confirm = async (question: string): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.once("SIGINT", () => {
    process.stderr.write("\n");
    process.kill(process.pid, "SIGINT");
  });
  // Ctrl+D: some versions of Node end the question, some only the terminal.
  const left = once(terminal, "close").then(() => "no");
  const asked = terminal.question(`${question} [Y/n] `).catch((error: unknown) => {
    if (errorCode(error) === "AbortError") return "no";
    throw error;
  });
  try {
    return /^(y|yes|)$/i.test((await Promise.race([asked, left])).trim());
  } finally {
    terminal.close();
  }
};
