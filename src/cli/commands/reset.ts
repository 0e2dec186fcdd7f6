import type { Command } from "commander";
import { cloudHere } from "../cloudHere.ts";
import { confirmLoss } from "../confirm.ts";
import { callControl } from "../control.ts";
import { createOutput } from "../render/output.ts";
import { withCloudOptions } from "../settings.ts";

export const registerReset = (program: Command): void => {
  withCloudOptions(program.command("reset"))
    .description("Make the cloud as new without a restart: empty, its logs and its clock included")
    .option("-y, --yes", "ask nothing")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft reset\n  aloft reset --yes")
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const { running, state } = await cloudHere(options);
      await confirmLoss(`Empty the cloud at ${running.endpoint}?`, options, "aloft reset --yes");
      await callControl(running, state, "POST", "/_aloft/reset");
      output.line("The cloud is as new.");
      output.result({ reset: true });
    });
};
