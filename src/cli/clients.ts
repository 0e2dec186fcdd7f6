import type { Command } from "commander";
import { type Clients, clientsFor } from "../launch/target.ts";
import { findRunning } from "./cloudProcess.ts";
import { CliError } from "./failure.ts";
import { readCredentials, settingsFrom, UsageError, withCloudOptions } from "./settings.ts";

/** The options of a command that asks a cloud of aloft's, or AWS itself. */
export const withTargetOptions = (command: Command): Command =>
  withCloudOptions(command)
    .option("--target <target>", "local, or aws", "local")
    .option("--region <region>", "the region of AWS (AWS_REGION)", process.env["AWS_REGION"] ?? "us-east-1");

type RawOptions = Readonly<Record<string, string | boolean | undefined>>;

/** Clients of the cloud that runs here, or of AWS with its own chain of credentials. Throws CliError when none runs. */
export const connect = async (options: RawOptions): Promise<Clients> => {
  const target = options["target"] ?? "local";
  if (target === "aws") return clientsFor({ region: String(options["region"]) });
  if (target !== "local") throw new UsageError(`--target takes local or aws, not ${target}.`);
  const { state } = settingsFrom(options);
  const running = await findRunning(state);
  const credentials = readCredentials(state);
  if (!running || !credentials) throw new CliError("No cloud runs here.", "aloft start");
  return clientsFor({ region: running.region, endpoint: running.endpoint, credentials });
};
