import type { Command } from "commander";
import { findRunning } from "../cloudProcess.ts";
import { callControl } from "../control.ts";
import { CliError } from "../failure.ts";
import { createOutput } from "../render/output.ts";
import { settingsFrom, withCloudOptions } from "../settings.ts";

export const registerReset = (program: Command): void => {
  withCloudOptions(program.command("reset"))
    .description("Empty the cloud without a restart")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft reset")
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const { state } = settingsFrom(options);
      const running = await findRunning(state);
      if (!running) throw new CliError("No cloud runs here.", "aloft start");
      await callControl(running, state, "POST", "/_aloft/reset");
      output.line("The cloud is empty.");
      output.result({ reset: true });
    });
};
