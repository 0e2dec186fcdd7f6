import { constants } from "node:fs";
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Child, ChildCommand, LaunchChild } from "./childProcess.ts";

/** The programs that a function's layers bring as external extensions: what AWS finds in `/opt/extensions`. */
export const extensionPrograms = async (layerRoot: string | undefined): Promise<readonly string[]> => {
  if (layerRoot === undefined) return [];
  const folder = join(layerRoot, "extensions");
  const names = await readdir(folder).catch(() => []);
  const programs: string[] = [];
  for (const name of names.sort()) {
    const runs = await access(join(folder, name), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) programs.push(join(folder, name));
  }
  return programs;
};

/** Starts them, by name. They know what the function's process knows, but for its handler. */
export const launchExtensions = (
  programs: readonly string[],
  launch: LaunchChild,
  { cwd, env }: ChildCommand,
  authority: string,
): ReadonlyMap<string, Child> => {
  const { _HANDLER: _, _LAMBDA_TELEMETRY_LOG_FD: __, ...known } = env;
  const children = new Map<string, Child>();
  for (const file of programs) {
    const child = launch({ file, args: [], cwd, env: { ...known, AWS_LAMBDA_RUNTIME_API: authority } });
    children.set(file.slice(file.lastIndexOf("/") + 1), child);
  }
  return children;
};
