import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isBuilt } from "./stamp.mjs";

/**
 * Makes a clone ready to run: installs what the lock file names and is not there, and builds when the source changed.
 * `--dev` installs what tests and checks need as well.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));

const run = (command, args, what) => {
  // Everything goes to standard error: standard output belongs to the command that follows.
  const { status } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) {
    console.error(`aloft: ${what} failed; what it printed stands above.`);
    process.exit(1);
  }
};

const installed = join(root, "node_modules", ".aloft-installed");
const lock = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");

/** Installs, unless the last install here was of this lock file and at least as much. */
export const ensureInstalled = (dev) => {
  const [was, scope] = existsSync(installed) ? readFileSync(installed, "utf8").split(" ") : [];
  if (was === lock && (scope === "dev" || !dev)) return;
  console.error("aloft: installing dependencies …");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...(dev ? [] : ["--omit=dev"])], "npm ci");
  mkdirSync(dirname(installed), { recursive: true });
  writeFileSync(installed, `${lock} ${dev ? "dev" : "run"}`);
};

/** Builds, unless dist was made from the source as it is. */
export const ensureBuilt = () => {
  if (isBuilt(root)) return;
  console.error("aloft: building …");
  run(process.execPath, [join(root, "scripts", "build.mjs")], "the build");
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled(process.argv.includes("--dev"));
  ensureBuilt();
}
