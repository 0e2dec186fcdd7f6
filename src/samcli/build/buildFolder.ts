import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { SamFailure } from "../failure.ts";

/** An empty folder for what is built; whatever was there is gone. */
export const emptyBuildFolder = async (folder: string, cwd: string): Promise<void> => {
  if (folder === cwd)
    throw new SamFailure(
      "Failing build: Running a build with build-dir as current working directory is extremely dangerous since the build-dir contents is first removed. This is no longer supported, please remove the '--build-dir' option from the command to allow the build artifacts to be placed in the directory your template is in.",
    );
  if (existsSync(folder)) await rm(folder, { recursive: true });
  await mkdir(folder, { recursive: true });
};
