import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { errorCode } from "../kernel/errors.ts";
import { CliError } from "./failure.ts";

/** Whether there is somebody to ask: a person at both ends. */
export const canAsk = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** Asks on the terminal; Ctrl+D is a no, and Ctrl+C ends the command as it ends any other. */
export const confirm = async (question: string, enter: "yes" | "no" = "yes"): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.once("SIGINT", () => {
    process.stderr.write("\n");
    process.kill(process.pid, "SIGINT");
  });
  // Ctrl+D: some versions of Node end the question, some only the terminal.
  const left = once(terminal, "close").then(() => "no");
  const asked = terminal.question(`${question} ${enter === "yes" ? "[Y/n]" : "[y/N]"} `).catch((error: unknown) => {
    if (errorCode(error) === "AbortError") return "no";
    throw error;
  });
  try {
    return /^(y|yes)$/i.test((await Promise.race([asked, left])).trim() || enter);
  } finally {
    terminal.close();
  }
};

/** Asks before something is lost for good, where there is somebody to ask; a bare Enter is a no. Throws when it is not wanted. */
export const confirmLoss = async (
  question: string,
  { yes, json }: { readonly yes?: boolean; readonly json?: boolean },
  again: string,
): Promise<void> => {
  if (yes === true || json === true || !canAsk()) return;
  if (!(await confirm(question, "no"))) throw new CliError("Nothing was done.", again);
};
