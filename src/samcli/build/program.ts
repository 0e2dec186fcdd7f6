import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { errorMessage } from "../../kernel/errors.ts";

export interface ProgramPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs a program in this process's own group, so that it ends with the build; gives what it printed. */
export type RunProgram = (argv: readonly [string, ...string[]], place: ProgramPlace) => Promise<string>;

/** A program that failed: what it said of it. */
export class ProgramFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ProgramFailure";
  }
}

export const runProgram: RunProgram = async ([program, ...args], { cwd, env }) => {
  try {
    const { stdout } = await promisify(execFile)(program, args, { cwd, env: { ...env }, maxBuffer: MAX_OUTPUT_BYTES });
    return stdout;
  } catch (error) {
    throw new ProgramFailure(whatItSaid(error));
  }
};

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

const whatItSaid = (error: unknown): string => {
  const said = (stream: "stderr" | "stdout") =>
    error instanceof Error && stream in error ? String(Reflect.get(error, stream)).trim() : "";
  return said("stderr") || said("stdout") || errorMessage(error);
};
