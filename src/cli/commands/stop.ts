import type { Command } from "commander";
import { stopRunning } from "../cloudProcess.ts";
import { createOutput } from "../render/output.ts";
import { settingsFrom, withCloudOptions } from "../settings.ts";

export const registerStop = (program: Command): void => {
  withCloudOptions(program.command("stop"))
    .description("Stop the cloud; what it holds stays in its state directory")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft stop\n  ALOFT_STATE=/tmp/other aloft stop")
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const stopped = await stopRunning(settingsFrom(options).state);
      output.line(stopped ? "The cloud has stopped." : "No cloud runs here.");
      output.result({ stopped });
    });
};
