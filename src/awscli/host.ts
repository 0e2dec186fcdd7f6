import { spawn } from "node:child_process";
import { EXIT, type Io } from "./io.ts";

/** Runs the AWS CLI of the machine with the same words, where there is one; otherwise says what ours cannot do. */
export const runHost = (what: string, args: readonly string[], io: Io): Promise<number> => {
  const program = io.env["ALOFT_HOST_AWS"];
  if (!program) {
    io.err(
      `\naws: [ERROR]: aloft's own aws command has no '${what}', and no AWS CLI is installed on this machine to run it instead.\n`,
    );
    return Promise.resolve(EXIT.usage);
  }
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "inherit", cwd: io.cwd });
    child.once("error", (error) => {
      io.err(`\n${error.message}\n`);
      resolve(EXIT.general);
    });
    child.once("exit", (code) => resolve(code ?? EXIT.general));
  });
};
