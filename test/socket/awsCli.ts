import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import type { Cloud } from "../../src/index.ts";

const run = promisify(execFile);
const LIMIT_MS = 60_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

const probe = spawnSync("aws", ["--version"], { encoding: "utf8" });

/** Why the AWS CLI cannot be tested here; undefined when it can. */
export const whyNoAwsCli: string | undefined =
  probe.status === 0 ? undefined : `skipped, for the AWS CLI is not installed: ${probe.error?.message ?? probe.stderr}`;

/** Whether a machine promises to have the AWS CLI: then its absence is a failure. */
export const requiresAwsCli = process.env["CI"] === "true" && process.env["ALOFT_REQUIRE_AWS_CLI"] === "1";

/** The AWS CLI against one cloud, with nothing of this machine's own settings. */
export interface AwsCli {
  /** Standard output, trimmed. Rejects with standard error when the command fails. */
  text(...args: readonly string[]): Promise<string>;
  // biome-ignore lint/suspicious/noExplicitAny: what the CLI prints is looked into field by field, as its readers do.
  json(...args: readonly string[]): Promise<any>;
  readonly environment: NodeJS.ProcessEnv;
}

/** What `eval "$(aloft env)"` sets, on an empty environment. */
export const cliEnvironment = (cloud: Pick<Cloud, "endpoint" | "credentials" | "region">): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  AWS_ENDPOINT_URL: cloud.endpoint,
  AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
  AWS_REGION: cloud.region,
  AWS_DEFAULT_REGION: cloud.region,
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_PAGER: "",
  AWS_MAX_ATTEMPTS: "1",
});

export const awsCli = (cloud: Cloud, cwd: string): AwsCli => {
  const environment = cliEnvironment(cloud);
  const text = async (...args: readonly string[]) => {
    const options = { cwd, env: environment, timeout: LIMIT_MS, maxBuffer: MAX_OUTPUT_BYTES };
    const { stdout } = await run("aws", [...args], options).catch((error: Error & { stderr?: string }) => {
      throw new Error(`aws ${args.join(" ")}\n${error.stderr || error.message}`);
    });
    return stdout.trim();
  };
  return {
    text,
    json: async (...args) => {
      const output = await text(...args, "--output", "json");
      return output === "" ? undefined : JSON.parse(output);
    },
    environment,
  };
};
