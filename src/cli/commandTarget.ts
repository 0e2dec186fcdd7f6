import { type Command, Option } from "commander";
import type { Target } from "../launch/target.ts";
import { findRunning } from "./cloudProcess.ts";
import { CliError } from "./failure.ts";
import { readCredentials, settingsFrom, withCloudOptions } from "./settings.ts";

/** The options of commands that work on a running cloud here, or on AWS. */
export const withTargetOptions = (command: Command): Command =>
  withCloudOptions(command)
    .addOption(
      new Option("--target <target>", "local, or aws with your own credentials")
        .choices(["local", "aws"])
        .default("local"),
    )
    .option("--region <region>", "the region on AWS", process.env["AWS_REGION"] ?? "us-east-1");

/** What those options name. Throws when no cloud runs here. */
export const targetFrom = async (options: Readonly<Record<string, string>>): Promise<Target> => {
  const settings = settingsFrom(options);
  if (options["target"] === "aws") return { region: settings.region };
  const running = await findRunning(settings.state);
  const credentials = readCredentials(settings.state);
  if (!running || !credentials) throw new CliError("No cloud runs here.", "aloft start");
  return { region: running.region, endpoint: running.endpoint, credentials };
};
