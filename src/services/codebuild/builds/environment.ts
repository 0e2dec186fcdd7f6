import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { networkEnvironment, systemPath } from "../../../engines/process/environment.ts";
import type { Room } from "../room.ts";
import { PACKAGE_MANAGERS, packageManagerScript } from "./packageManagers.ts";

/** What every command of a build sees: where this cloud is, and how the network is reached. */
export const buildVariables = ({ deps }: Pick<Room, "deps">): Record<string, string> => ({
  ...npmRegistry(),
  ...networkEnvironment(),
  AWS_ENDPOINT_URL: deps.endpoint(),
  AWS_ACCOUNT_ID: deps.account,
  // Packages are checked against their lock files, so builds may share the user's cache: the first one is fast already.
  npm_config_cache: process.env["npm_config_cache"] ?? join(homedir(), ".npm"),
  npm_config_update_notifier: "false",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
});

/** The registry the user has chosen, without the keys that may stand beside it. */
const npmRegistry = (): Record<string, string> => {
  const file = join(homedir(), ".npmrc");
  const settings = existsSync(file) ? readFileSync(file, "utf8") : "";
  const registry = /^registry\s*=\s*["']?(https?:\/\/(?:[^/@\s]*@)?([^\s"']+))/m.exec(settings);
  const [, whole = "", rest = ""] = registry ?? [];
  return registry ? { npm_config_registry: `${whole.slice(0, whole.indexOf("//") + 2)}${rest}` } : {};
};

/** A folder with the commands that a build image has and this machine may not: `aws`, and what stands in for its package managers. */
export const buildCommands = async ({ deps }: Pick<Room, "deps">): Promise<string> => {
  const folder = deps.workspace("commands");
  await mkdir(folder, { recursive: true });
  await writeCommand(join(folder, "aws"), awsScript());
  for (const name of PACKAGE_MANAGERS) await writeCommand(join(folder, name), packageManagerScript(name));
  return folder;
};

/** In one step, for a build that starts beside another may be reading it. */
const writeCommand = async (path: string, script: string): Promise<void> => {
  const scratch = `${path}.${process.pid}`;
  await writeFile(scratch, script);
  await chmod(scratch, 0o755);
  await rename(scratch, path);
};

/** Runs our `aws`, which hands to the machine's own what it cannot do. */
const awsScript = (): string => {
  const own = systemPath()
    .map((folder) => join(folder, "aws"))
    .find((path) => existsSync(path));
  const host = own === undefined ? "" : `export ALOFT_HOST_AWS=${quoted(own)}\n`;
  return `#!/bin/sh\n${host}exec ${quoted(process.execPath)} ${awsProgram().map(quoted).join(" ")} "$@"\n`;
};

/** The bundle beside this code, or beside its source; while that is not built, the source itself. */
const awsProgram = (): readonly string[] => {
  const candidates = ["./aws.js", "../aws.js", "../../../../dist/aws.js"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const bundle = candidates.find((path) => existsSync(path));
  if (bundle) return [bundle];
  return ["--import", import.meta.resolve("tsx"), fileURLToPath(new URL("../../../awscli/main.ts", import.meta.url))];
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
