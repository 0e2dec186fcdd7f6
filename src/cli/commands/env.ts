import type { Command } from "commander";
import { findRunning } from "../cloudProcess.ts";
import { CliError } from "../failure.ts";
import { createOutput } from "../render/output.ts";
import { readCredentials, settingsFrom, withCloudOptions } from "../settings.ts";

export const registerEnv = (program: Command): void => {
  withCloudOptions(program.command("env"))
    .description("Print exports that point the AWS CLI and SDKs at the cloud")
    .option("--json", "print JSON")
    .addHelpText("after", '\nExamples:\n  eval "$(aloft env)"\n  aws sts get-caller-identity')
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const { state } = settingsFrom(options);
      const running = await findRunning(state);
      const credentials = readCredentials(state);
      if (!running || !credentials) throw new CliError("No cloud runs here.", "aloft start");
      const variables = {
        AWS_ENDPOINT_URL: running.endpoint,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_REGION: running.region,
        AWS_DEFAULT_REGION: running.region,
      };
      for (const [name, value] of Object.entries(variables)) output.line(`export ${name}=${value}`);
      // A session token or a profile of the user's own would take the place of the keys above.
      output.line("unset AWS_SESSION_TOKEN AWS_PROFILE");
      output.result(variables);
    });
};
