import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { consoleLogPath, isBuilt, isConsoleBuilt } from "./stamp.mjs";

/**
 * Makes a clone ready to run: installs what the lock file names and is not there, and builds when the source changed.
 * `--dev` installs what tests and checks need as well.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const buildConsole = join(root, "scripts", "buildConsole.mjs");

const run = (command, args, what, cwd = root) => {
  // Everything goes to standard error: standard output belongs to the command that follows.
  const { status } = spawnSync(command, args, { cwd, stdio: ["ignore", 2, 2] });
  if (status !== 0) {
    console.error(`aloft: ${what} failed; what it printed stands above.`);
    process.exit(1);
  }
};

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** Whether npm's own note of what it installed holds everything the lock file asks for. */
const isInstalled = (folder, dev) => {
  const note = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(note)) return false;
  const { packages: installed } = readJson(note);
  const { packages: wanted } = readJson(join(folder, "package-lock.json"));
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" || entry.optional || entry.peer || (entry.dev && !dev) || installed[path]?.version === entry.version,
  );
};

/** Installs what the lock file of a folder names, unless it is there. */
export const ensureInstalled = (dev, folder = root) => {
  if (isInstalled(folder, dev)) return;
  console.error("aloft: installing dependencies …");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...(dev ? [] : ["--omit=dev"])], "npm ci", folder);
};

/** Builds, unless dist was made from the source as it is. */
export const ensureBuilt = () => {
  if (isBuilt(root)) return;
  console.error("aloft: building …");
  run(process.execPath, [join(root, "scripts", "build.mjs")], "the build");
};

/** The console is looked at later than the cloud answers: its libraries are installed, and it is built, meanwhile. */
export const buildConsoleAside = () => {
  if (isConsoleBuilt(root)) return;
  const path = consoleLogPath(root);
  mkdirSync(dirname(path), { recursive: true });
  const log = openSync(path, "a");
  spawn(process.execPath, [buildConsole, "--aside"], { detached: true, stdio: ["ignore", log, log] }).unref();
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dev = process.argv.includes("--dev");
  ensureInstalled(dev);
  ensureBuilt();
  run(process.execPath, [buildConsole, ...(dev ? ["--dev"] : [])], "the console's build");
}
