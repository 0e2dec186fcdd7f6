import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "./settings.ts";

/** The folder that `--project` names. Throws `UsageError` when there is none. */
export const projectFolder = (given: unknown): string => {
  const folder = resolve(String(given));
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UsageError(`There is no folder ${given}.`);
  return folder;
};
