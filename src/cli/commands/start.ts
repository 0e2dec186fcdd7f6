import { renameSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { startCloud } from "../../index.ts";
import { errorMessage } from "../../kernel/errors.ts";
import { askHealth, ensureRunning } from "../cloudProcess.ts";
import { CliError } from "../failure.ts";
import { createOutput } from "../render/output.ts";
import { fixedCredentials, runningPath, type Settings, settingsFrom, withStartOptions } from "../settings.ts";

export const registerStart = (program: Command): void => {
  withStartOptions(program.command("start"))
    .description("Start the cloud")
    .option("--foreground", "stay attached and end with Ctrl-C")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  aloft start\n  aloft start --port 4600 --state /tmp/other\n  aloft start --foreground --ephemeral\n  aloft start --time-scale 60   # a minute of the cloud each second",
    )
    .action(async (options) => {
      const settings = settingsFrom(options);
      const output = createOutput(options.json === true);
      if (settings.auth === "open") {
        process.stderr.write(
          "aloft: --auth open takes any key for the root, from any page or program that reaches the port.\n",
        );
      }
      if (options.foreground || settings.ephemeral) return runForeground(settings);
      const { running, started } = await ensureRunning(settings);
      output.line(
        started ? `The cloud answers at ${running.endpoint}.` : `The cloud runs already, at ${running.endpoint}.`,
      );
      output.line(`Next: eval "$(aloft env)"`);
      output.result({ ...running, started });
    });
};

/** Runs the cloud in this process until it is told to end. */
const runForeground = async (settings: Settings): Promise<void> => {
  const credentials = fixedCredentials();
  const { state, ephemeral, ...options } = settings;
  const cloud = await startCloud({
    ...options,
    ...(ephemeral ? {} : { state }),
    ...(credentials ? { credentials } : {}),
  }).catch(async (error) => {
    throw await explained(error, settings);
  });
  if (!settings.ephemeral) {
    const { endpoint, region, accountId } = cloud;
    // In one step: whoever waits for it may be reading.
    const path = runningPath(settings.state);
    writeFileSync(`${path}.new`, JSON.stringify({ pid: process.pid, endpoint, region, accountId }), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  process.stdout.write(`The cloud answers at ${cloud.endpoint}.\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  await cloud[Symbol.asyncDispose]();
};

const explained = async (error: unknown, settings: Settings): Promise<unknown> => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    const other = await askHealth(`http://${settings.host}:${settings.port}`);
    return new CliError(
      `The port ${settings.port} is in use by another ${other ? `cloud of aloft, the process ${other.pid}` : "program"}.`,
      `aloft start --port ${settings.port + 1}`,
    );
  }
  if (code === "EACCES")
    return new CliError(`The port ${settings.port} needs more rights than you have.`, "aloft start --port 4566");
  if (error instanceof Error && error.name.startsWith("State"))
    return new CliError(errorMessage(error), "aloft status");
  return error;
};
