import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { networkEnvironment } from "../../../engines/process/environment.ts";
import type { Room } from "../room.ts";

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
