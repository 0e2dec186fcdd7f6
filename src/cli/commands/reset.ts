import type { Command } from "commander";
import { cloudHere } from "../cloudHere.ts";
import { callControl } from "../control.ts";
import { createOutput } from "../render/output.ts";
import { withCloudOptions } from "../settings.ts";

export const registerReset = (program: Command): void => {
  withCloudOptions(program.command("reset"))
    .description("Make the cloud as new without a restart: empty, its logs and its clock included")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft reset")
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const { running, state } = await cloudHere(options);
      await callControl(running, state, "POST", "/_aloft/reset");
      output.line("The cloud is as new.");
      output.result({ reset: true });
    });
};
