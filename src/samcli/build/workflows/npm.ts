import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { objectIn } from "../localStack.ts";
import { ProgramFailure } from "../program.ts";
import { step, type Work } from "./work.ts";

/** Runs npm; its failure is told as the SAM CLI tells it. */
export const npm = async ({ run, env }: Work, cwd: string, ...args: readonly string[]): Promise<string> => {
  try {
    return await run(["npm", ...args], { cwd, env });
  } catch (error) {
    if (error instanceof ProgramFailure) throw new Error(`NPM Failed: ${error.message}`);
    throw error;
  }
};

/** Copies what `npm pack` would put into the package of a folder. */
export const copyPacked = async (work: Work, folder: string): Promise<void> => {
  const said = await npm(work, work.scratch, "pack", "--dry-run", "--json", "--foreground-scripts=false", folder);
  const packed: unknown = JSON.parse(said);
  const [first] = Array.isArray(packed) ? packed : [];
  const files: unknown = isJsonObject(first) ? first["files"] : undefined;
  for (const file of Array.isArray(files) ? files : []) {
    const target = join(work.artifacts, String(file.path));
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(folder, String(file.path)), target);
  }
};

/** Installs what a package runs with: by its lock file alone where the template says `UseNpmCi`. */
export const installPackages = async (work: Work, workflow: string, place: string): Promise<void> => {
  const { source, inSource, buildable } = work;
  const hasLock = ["package-lock.json", "npm-shrinkwrap.json"].some((name) => existsSync(join(source, name)));
  if (hasLock && objectIn(buildable.metadata, "BuildProperties")["UseNpmCi"] === true)
    return step(work, `${workflow}:NpmCI`, () => npm(work, place, "ci", ...(inSource ? ["--install-links"] : [])));
  const shared = ["--no-audit", "--no-save", "--omit=dev"];
  // AWS: packages of this project's own folders are copied, not linked, when it is built in its source.
  return inSource
    ? step(work, `${workflow}:NpmUpdate`, () => npm(work, place, "update", ...shared, "--install-links"))
    : step(work, `${workflow}:NpmInstall`, () => npm(work, place, "install", "-q", ...shared));
};

export const packageOf = async (manifest: string): Promise<JsonObject> => {
  const value: unknown = JSON.parse(await readFile(manifest, "utf8"));
  return isJsonObject(value) ? value : {};
};

/**
 * AWS: the code is copied away before its packages are installed, so that npm finds nothing at `file:../shared`, links to it
 * all the same, and the function fails when it is run.
 */
export const warnOfOutsiders = (manifest: JsonObject, source: string, say: Work["say"]): void => {
  for (const [name, version] of Object.entries(objectIn(manifest, "dependencies"))) {
    if (typeof version !== "string" || !version.startsWith("file:")) continue;
    const path = relative(source, resolve(source, version.slice("file:".length)));
    if (path.startsWith("..") || isAbsolute(path))
      say(`The package ${name} (${version}) lies outside of the code and is left out; build with --build-in-source.`);
  }
};
