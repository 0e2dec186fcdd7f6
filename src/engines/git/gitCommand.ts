import type { RoomDeps } from "../../kernel/service.ts";
import { minimalEnvironment } from "../process/environment.ts";
import type { ProcessPort } from "../process/port.ts";
import { gitFailed } from "./errors.ts";
import { MAX_TEXT_BYTES } from "./limits.ts";

/** What git works with: the folder of the repositories, and child processes. */
export interface GitMeans {
  readonly deps: Pick<RoomDeps, "directory">;
  readonly processes: Pick<ProcessPort, "start">;
}

/** What a git command may know beyond its arguments. */
export interface GitOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly maxBytes?: number;
  /** What the command reads. */
  readonly input?: Uint8Array | string;
}

/** Runs git with nothing of the host's configuration, and gives what it wrote. Throws GitFailed with its last lines. */
export const git = async (
  { processes }: Pick<GitMeans, "processes">,
  args: readonly string[],
  { cwd, env = {}, maxBytes = MAX_TEXT_BYTES, input }: GitOptions,
): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  const errors: string[] = [];
  let size = 0;
  const running = processes.start({
    argv: ["git", ...args],
    cwd,
    env: { ...gitEnvironment(cwd), ...env },
    stdin: input !== undefined,
    onLine: ({ text }) => errors.push(text),
    onBytes: (chunk) => {
      size += chunk.length;
      if (size > maxBytes) running.stop();
      else chunks.push(chunk);
    },
  });
  if (input !== undefined) {
    await running.write(input);
    running.end();
  }
  const exit = await running.exited;
  if (size > maxBytes) throw gitFailed(args[0] ?? "", `more than ${maxBytes} bytes`);
  if (exit.kind === "notStarted") throw gitFailed(args[0] ?? "", `${exit.message}. Is git installed?`);
  if (exit.kind !== "exited" || exit.code !== 0)
    throw gitFailed(args[0] ?? "", errors.slice(-5).join(" ") || exit.kind);
  return Buffer.concat(chunks);
};

/** The text a git command wrote, without its last line break. */
export const gitText = async (
  means: Pick<GitMeans, "processes">,
  args: readonly string[],
  options: GitOptions,
): Promise<string> => (await git(means, args, options)).toString().trimEnd();

export const gitEnvironment = (home: string): Record<string, string> => ({
  ...minimalEnvironment({ home, tmp: home }),
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
});
