import type { Command } from "commander";
import { findRunning } from "../cloudProcess.ts";
import { createOutput } from "../render/output.ts";
import { type Settings, settingsFrom, withStartOptions } from "../settings.ts";

/** A setting, its value, and who set it. */
interface Shown {
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

const VARIABLES: Readonly<Record<keyof Settings, string>> = {
  state: "ALOFT_STATE",
  port: "ALOFT_PORT",
  host: "ALOFT_HOST",
  accountId: "ALOFT_ACCOUNT_ID",
  region: "ALOFT_REGION",
  auth: "ALOFT_AUTH",
  timeScale: "ALOFT_TIME_SCALE",
  ephemeral: "ALOFT_EPHEMERAL",
  hosts: "ALOFT_HOSTS",
};

/** `aloft config`: each setting, and whether an option, the environment, the running cloud or nobody set it. */
export const registerConfig = (program: Command): void => {
  withStartOptions(program.command("config"))
    .description("Show the settings, and where each comes from")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft config\n  ALOFT_PORT=4600 aloft config --json")
    .action(async (options, command: Command) => {
      const output = createOutput(options.json === true);
      const settings = settingsFrom(options);
      const shown: Shown[] = [];
      for (const [name, value] of Object.entries(settings))
        shown.push({ name, value: textOf(value), from: originOf(command, name) });
      shown.push(credentialsShown());
      const running = await findRunning(settings.state);
      for (const { name, value, from } of shown) output.line(`${name.padEnd(12)} ${value.padEnd(24)} ${from}`);
      if (running)
        output.line(
          `\nThe cloud that runs here was started as ${running.accountId} in ${running.region}, at ${running.endpoint}.`,
        );
      output.result({ settings: shown, ...(running ? { running } : {}) });
    });
};

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(",") : String(value));

const originOf = (command: Command, name: string): string => {
  if (command.getOptionValueSource(name) === "cli") return "an option";
  const variable = Object.entries(VARIABLES).find(([setting]) => setting === name)?.[1] ?? "";
  return process.env[variable] === undefined ? "default" : `the environment (${variable})`;
};

/** Never their values: what a command prints is kept in histories and logs. */
const credentialsShown = (): Shown => {
  const fixed =
    process.env["ALOFT_ACCESS_KEY_ID"] !== undefined && process.env["ALOFT_SECRET_ACCESS_KEY"] !== undefined;
  return {
    name: "credentials",
    value: fixed ? "fixed" : "kept in the state",
    from: fixed ? "the environment (ALOFT_ACCESS_KEY_ID, ALOFT_SECRET_ACCESS_KEY)" : "default",
  };
};
