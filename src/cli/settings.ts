import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";

/** How a command finds its cloud: options first, then `ALOFT_*` in the environment, then the defaults. */
export interface Settings {
  readonly state: string;
  readonly port: number;
  readonly host: string;
  readonly accountId: string;
  readonly region: string;
  readonly auth: "strict" | "open";
  readonly timeScale: number;
  readonly ephemeral: boolean;
  readonly hosts: readonly string[];
}

/** What the background process writes about itself into its state directory. */
export interface RunningCloud {
  readonly pid: number;
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
}

/** The root credentials a state directory keeps. */
export interface KeptCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The options every command that needs a cloud shares. */
export const withCloudOptions = (command: Command): Command =>
  command
    .option("--state <dir>", "the directory that keeps the cloud (ALOFT_STATE)", process.env["ALOFT_STATE"] ?? ".aloft")
    .option("--port <port>", "the port it listens on (ALOFT_PORT)", process.env["ALOFT_PORT"] ?? "4566");

/** The options of what starts a cloud. */
export const withStartOptions = (command: Command): Command =>
  withCloudOptions(command)
    .option("--host <address>", "the address to listen on (ALOFT_HOST)", process.env["ALOFT_HOST"] ?? "127.0.0.1")
    .option("--account-id <id>", "twelve digits (ALOFT_ACCOUNT_ID)", process.env["ALOFT_ACCOUNT_ID"] ?? "000000000000")
    .option("--region <region>", "the region (ALOFT_REGION)", process.env["ALOFT_REGION"] ?? "us-east-1")
    .option("--auth <mode>", "strict, or open to any key (ALOFT_AUTH)", process.env["ALOFT_AUTH"] ?? "strict")
    .option(
      "--time-scale <n>",
      "seconds of the cloud in one of ours (ALOFT_TIME_SCALE)",
      process.env["ALOFT_TIME_SCALE"] ?? "1",
    )
    .option("--ephemeral", "keep nothing (ALOFT_EPHEMERAL=1)", process.env["ALOFT_EPHEMERAL"] === "1")
    .option(
      "--hosts <names>",
      "further host names it answers to, with commas; * for any (ALOFT_HOSTS)",
      process.env["ALOFT_HOSTS"] ?? "",
    );

/** A bad option: what is wrong with it, in one line, and what to type next where the command's help does not say it. */
export class UsageError extends Error {
  readonly next: string | undefined;
  constructor(message: string, next?: string) {
    super(message);
    this.name = "UsageError";
    this.next = next;
  }
}

/** Options as commander read them. */
export type RawOptions = Readonly<Record<string, string | boolean | undefined>>;

/** The options, checked. Throws `UsageError`. */
export const settingsFrom = (options: RawOptions): Settings => {
  const text = (name: string, otherwise: string) => String(options[name] ?? otherwise);
  const port = Number(text("port", "4566"));
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port takes a number from 0 to 65535, not ${options["port"]}.`);
  const accountId = text("accountId", "000000000000");
  if (!/^\d{12}$/.test(accountId)) throw new UsageError(`--account-id takes twelve digits, not ${accountId}.`);
  const region = text("region", "us-east-1");
  if (!/^[a-z][a-z0-9-]*$/.test(region)) throw new UsageError(`--region takes the name of a region, not ${region}.`);
  const auth = text("auth", "strict");
  if (auth !== "strict" && auth !== "open") throw new UsageError(`--auth takes strict or open, not ${auth}.`);
  const timeScale = Number(text("timeScale", "1"));
  if (!(timeScale > 0)) throw new UsageError(`--time-scale takes a number above 0, not ${options["timeScale"]}.`);
  return {
    state: resolve(text("state", ".aloft")),
    port,
    host: text("host", "127.0.0.1"),
    accountId,
    region,
    auth,
    timeScale,
    ephemeral: options["ephemeral"] === true,
    hosts: text("hosts", "")
      .split(",")
      .filter((name) => name !== ""),
  };
};

/** Where the running cloud of a state directory says who it is. */
export const runningPath = (state: string): string => join(state, "cloud.json");

/** Where the background process's own output goes. */
export const logPath = (state: string): string => join(state, "cloud.log");

/** The cloud a state directory says is running, or undefined. Its process may have died since. */
export const readRunning = (state: string): RunningCloud | undefined => readJson<RunningCloud>(runningPath(state));

/** The state's root credentials: the environment's if they are fixed there. */
export const readCredentials = (state: string): KeptCredentials | undefined =>
  fixedCredentials() ?? readJson<KeptCredentials>(join(state, "credentials.json"));

/** Credentials fixed in the environment, as continuous integration likes them. */
export const fixedCredentials = (): KeptCredentials | undefined => {
  const accessKeyId = process.env["ALOFT_ACCESS_KEY_ID"];
  const secretAccessKey = process.env["ALOFT_SECRET_ACCESS_KEY"];
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
};

const readJson = <T>(path: string): T | undefined => {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
};
