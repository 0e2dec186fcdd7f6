import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isBuilt, isConsoleBuilt } from "./stamp.mjs";

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

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** Whether npm's own note of what it installed holds everything the lock file asks for. */
const isInstalled = (dev) => {
  const note = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(note)) return false;
  const { packages: installed } = readJson(note);
  const { packages: wanted } = readJson(join(root, "package-lock.json"));
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" || entry.optional || entry.peer || (entry.dev && !dev) || installed[path]?.version === entry.version,
  );
};

/** Installs what the lock file names, unless it is there. */
export const ensureInstalled = (dev) => {
  if (isInstalled(dev)) return;
  console.error("aloft: installing dependencies …");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...(dev ? [] : ["--omit=dev"])], "npm ci");
};

/** Builds, unless dist was made from the source as it is. */
export const ensureBuilt = () => {
  if (isBuilt(root)) return;
  console.error("aloft: building …");
  run(process.execPath, [join(root, "scripts", "build.mjs")], "the build");
};

/** The console is looked at later than the cloud answers: it is built while the command goes on. */
export const buildConsoleAside = () => {
  if (isConsoleBuilt(root)) return;
  spawn(process.execPath, [join(root, "scripts", "buildConsole.mjs")], { detached: true, stdio: "ignore" }).unref();
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled(process.argv.includes("--dev"));
  ensureBuilt();
  if (!isConsoleBuilt(root)) run(process.execPath, [join(root, "scripts", "buildConsole.mjs")], "the console's build");
}
