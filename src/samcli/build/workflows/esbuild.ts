import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { copyTree } from "../copyTree.ts";
import { objectIn } from "../localStack.ts";
import { ProgramFailure } from "../program.ts";
import { bundleArguments } from "./esbuildArguments.ts";
import { installPackages } from "./npm.ts";
import { step, type Work } from "./work.ts";

const NAME = "NodejsNpmEsbuildBuilder";
const EXCLUDED = /^(\.aws-sam|\.git|node_modules)$/;

/** Node.js with esbuild: one file for each entry point, with all that it imports. */
export const esbuild = async (work: Work): Promise<void> => {
  const { source, scratch, inSource, say } = work;
  const manifest = work.manifest ?? join(source, "package.json");
  if (!existsSync(manifest)) {
    say("package.json file not found. Bundling source without installing dependencies.");
    return bundle(work, source);
  }
  const place = inSource ? source : join(scratch, "source");
  if (!inSource) {
    await step(work, `${NAME}:CopySource`, async () => {
      await copyTree(source, place, EXCLUDED);
      if (dirname(manifest) !== source) await copyTree(dirname(manifest), place, EXCLUDED);
    });
  }
  await installPackages(work, NAME, inSource ? dirname(manifest) : place);
  return bundle(work, place);
};

const bundle = (work: Work, folder: string): Promise<void> =>
  step(work, `${NAME}:EsbuildBundle`, async () => {
    const { artifacts, buildable, env, run } = work;
    const properties = objectIn(buildable.metadata, "BuildProperties");
    const args = bundleArguments(properties, { folder, artifacts, handler: buildable.handler });
    try {
      await run([programOf(work, folder), ...args], { cwd: folder, env });
    } catch (error) {
      if (error instanceof ProgramFailure) throw new Error(`Esbuild Failed: ${error.message}`);
      throw error;
    }
  });

/** The code's own esbuild, else the project's, else the one on the PATH. */
const programOf = ({ source, projectFolder, env }: Work, folder: string): string => {
  const above = source.startsWith(`${projectFolder}/`) ? foldersUpTo(source, projectFolder) : [source, projectFolder];
  const places = [
    ...[folder, ...above].map((place) => join(place, "node_modules", ".bin")),
    ...(env["PATH"] ?? "").split(delimiter).filter((place) => place !== ""),
  ];
  const found = places.map((place) => join(place, "esbuild")).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    "Esbuild Failed: Cannot find esbuild. esbuild must be installed on the host machine to use this feature. It is recommended to be installed on the PATH, but can also be included as a project dependency.",
  );
};

const foldersUpTo = (folder: string, top: string): readonly string[] =>
  folder === top ? [top] : [folder, ...foldersUpTo(dirname(folder), top)];
