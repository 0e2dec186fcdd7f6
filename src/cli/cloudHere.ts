import { type Command, Option } from "commander";
import type { Target } from "../launch/target.ts";
import { findRunning } from "./cloudProcess.ts";
import { CliError } from "./failure.ts";
import {
  type KeptCredentials,
  type RawOptions,
  type RunningCloud,
  readCredentials,
  settingsFrom,
  withCloudOptions,
} from "./settings.ts";

/** The cloud that runs on the state a command names. */
export interface CloudHere {
  readonly running: RunningCloud;
  readonly state: string;
  readonly target: Required<Target>;
}

/** The options of commands that work on a running cloud here, or on AWS. */
export const withTargetOptions = (command: Command): Command =>
  withCloudOptions(command)
    .addOption(
      new Option("--target <target>", "local, or aws with your own credentials")
        .choices(["local", "aws"])
        .default("local"),
    )
    .option("--region <region>", "the region on AWS (AWS_REGION)", process.env["AWS_REGION"] ?? "us-east-1");

/** What those options name. Throws CliError when no cloud runs here. */
export const targetFrom = async (options: RawOptions): Promise<Target> =>
  options["target"] === "aws" ? targetOnAws(settingsFrom(options).region) : (await cloudHere(options)).target;

/** AWS as the person's own environment names it: `aloft env` may have been read into it, and then it is a cloud here. */
export const targetOnAws = (region: string): Target => {
  const endpoint = process.env["AWS_ENDPOINT_URL"];
  if (endpoint) process.stderr.write(`aloft: AWS_ENDPOINT_URL is set: ${endpoint} is asked in the place of AWS.\n`);
  return { region };
};

/** Throws CliError when no cloud runs here. */
export const cloudHere = async (options: RawOptions): Promise<CloudHere> => {
  const found = await findCloudHere(options);
  if (!found) throw new CliError("No cloud runs here.", "aloft start");
  return found;
};

/** The same, or undefined when none runs. */
export const findCloudHere = async (options: RawOptions): Promise<CloudHere | undefined> => {
  const { state } = settingsFrom(options);
  const running = await findRunning(state);
  const credentials = readCredentials(state);
  return running && credentials ? { running, state, target: targetOf(running, credentials) } : undefined;
};

/** A running cloud as clients of AWS take it. */
export const targetOf = ({ region, endpoint }: RunningCloud, credentials: KeptCredentials): Required<Target> => ({
  region,
  endpoint,
  credentials,
});
