import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { minimalEnvironment, networkEnvironment, systemPath } from "./environment.ts";
import type { ProcessPort } from "./port.ts";

/** How npm reaches its registry and cache from where this runs; no keys. */
export const npmEnvironment = (): Record<string, string> => ({
  ...npmRegistry(),
  ...networkEnvironment(),
  // Packages are checked against their lock files, so the user's cache may be shared: the first installation is fast already.
  npm_config_cache: process.env["npm_config_cache"] ?? join(homedir(), ".npm"),
  npm_config_update_notifier: "false",
});

/** The registry the user has chosen, without the keys that may stand beside it. */
const npmRegistry = (): Record<string, string> => {
  const file = join(homedir(), ".npmrc");
  const settings = existsSync(file) ? readFileSync(file, "utf8") : "";
  const registry = /^registry\s*=\s*["']?(https?:\/\/(?:[^/@\s]*@)?([^\s"']+))/m.exec(settings);
  const [, whole = "", rest = ""] = registry ?? [];
  return registry ? { npm_config_registry: `${whole.slice(0, whole.indexOf("//") + 2)}${rest}` } : {};
};

export interface PackageInstallation {
  readonly processes: ProcessPort;
  /** Where they shall be, in its `node_modules`; made whole or not at all. */
  readonly folder: string;
  /** `NAME@VERSION` */
  readonly packages: readonly string[];
  /** Tells this attempt from others at the same place. */
  readonly attempt: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Packages that could not be had: what npm said of it. */
export class PackagesNotInstalled extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PackagesNotInstalled";
  }
}

/** Installs packages of the npm registry that what runs here needs, without running any script of theirs. */
export const installPackages = async (given: PackageInstallation): Promise<void> => {
  const { processes, folder, packages, attempt, environment = npmEnvironment() } = given;
  const beside = `${folder}.${attempt}`;
  await mkdir(beside, { recursive: true });
  try {
    await writeFile(join(beside, "package.json"), '{"private":true}');
    const lines: string[] = [];
    const exit = await processes.start({
      argv: [npmProgram(), "install", ...OPTIONS, ...packages],
      cwd: beside,
      env: { ...minimalEnvironment({ home: beside, tmp: beside, path: [dirname(process.execPath)] }), ...environment },
      signal: AbortSignal.timeout(LIMIT_MS),
      onLine: ({ text }) => lines.push(text),
    }).exited;
    if (exit.kind !== "exited" || exit.code !== 0) {
      const said = lines.filter((line) => /^npm (ERR!|error)/.test(line)).slice(0, 3);
      throw new PackagesNotInstalled(said.join(" ") || lines.at(-1) || exit.kind);
    }
    await rename(beside, folder).catch((error: unknown) => {
      // Somebody else was first: what is there is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
};

const OPTIONS = [
  "--no-audit",
  "--no-fund",
  "--ignore-scripts",
  "--no-package-lock",
  "--prefer-offline",
  "--loglevel=error",
];

/** A registry that hangs must hold nothing for ever. */
const LIMIT_MS = 5 * 60 * 1000;

const npmProgram = (): string =>
  [dirname(process.execPath), ...systemPath()].map((folder) => join(folder, "npm")).find((path) => existsSync(path)) ??
  "npm";
