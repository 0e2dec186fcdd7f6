import { existsSync } from "node:fs";
import { rm, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { copyTree } from "../copyTree.ts";
import { copyPacked, installPackages, packageOf, warnOfOutsiders } from "./npm.ts";
import { step, type Work } from "./work.ts";

const NAME = "NodejsNpmBuilder";
const EXCLUDED = /^(\.aws-sam|\.git)$/;

/** Node.js with npm: what `npm pack` would take, and the packages it runs with. */
export const nodejsNpm = async (work: Work): Promise<void> => {
  const { source, artifacts, say, inSource } = work;
  const manifest = work.manifest ?? join(source, "package.json");
  if (!existsSync(manifest)) {
    say("package.json file not found. Continuing the build without dependencies.");
    return step(work, `${NAME}:CopySource`, () => copyTree(source, artifacts, EXCLUDED));
  }
  const folder = dirname(manifest);
  await step(work, `${NAME}:NpmPack`, () => copyPacked(work, folder));
  await step(work, `${NAME}:CopyNpmrcAndLockfile`, () =>
    copyTree(source, artifacts, /^(?!\.npmrc$|package-lock\.json$)/),
  );
  if (relative(folder, source) !== "")
    await step(work, `${NAME}:CopySource`, () => copyTree(source, artifacts, EXCLUDED));
  const place = inSource ? folder : artifacts;
  if (!inSource) warnOfOutsiders(await packageOf(manifest), source, say);
  await installPackages(work, NAME, place);
  if (inSource)
    await step(work, `${NAME}:LinkSource`, () =>
      symlink(join(folder, "node_modules"), join(artifacts, "node_modules")),
    );
  await step(work, `${NAME}:CleanUpNpmrc`, () => rm(join(artifacts, ".npmrc"), { force: true }));
  if (!inSource)
    await step(work, `${NAME}:LockfileCleanUp`, () =>
      rm(join(artifacts, "node_modules", ".package-lock.json"), { force: true }),
    );
};
