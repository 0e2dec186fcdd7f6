import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject } from "../../kernel/json.ts";
import { LaunchFailed } from "../progress.ts";

/** The scripts of a folder's package.json; none where there is no such file. Throws LaunchFailed. */
export const scriptsOf = (folder: string): Readonly<Record<string, unknown>> => sectionOf(folder, "scripts");

/** Whether a folder's package.json asks for other packages. */
export const hasPackages = (folder: string, kind: "dependencies" | "devDependencies"): boolean =>
  Object.keys(sectionOf(folder, kind)).length > 0;

const sectionOf = (folder: string, name: string): Readonly<Record<string, unknown>> => {
  const path = join(folder, "package.json");
  if (!existsSync(path)) return {};
  try {
    const read: unknown = JSON.parse(readFileSync(path, "utf8"));
    const section = isJsonObject(read) ? read[name] : undefined;
    return isJsonObject(section) ? section : {};
  } catch (error) {
    throw new LaunchFailed(`${path} cannot be read: ${error instanceof Error ? error.message : error}`, "npm init");
  }
};
