import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { copyTree } from "../copyTree.ts";
import { textIn } from "../localStack.ts";
import { ProgramFailure } from "../program.ts";
import { step, type Work } from "./work.ts";

const NAME = "CustomMakeBuilder";
const EXCLUDED = /^(\.aws-sam|\.git)$/;

/** The target `build-LOGICALID` of the code's Makefile, which puts what it makes into `ARTIFACTS_DIR`. */
export const make = async (work: Work): Promise<void> => {
  const { artifacts, buildable, env, inSource, projectFolder, run, say, scratch } = work;
  const { metadata, id } = buildable;
  const at = (name: string) => {
    const given = textIn(metadata[name]);
    return given === undefined ? undefined : resolve(projectFolder, given);
  };
  const source = at("ProjectRootDirectory") ?? work.source;
  const manifest = work.manifest ?? join(at("ContextPath") ?? work.source, "Makefile");
  const copied = inSource ? source : join(scratch, "source");
  if (!inSource) await step(work, `${NAME}:CopySource`, () => copyTree(source, copied, EXCLUDED));
  await step(work, `${NAME}:MakeBuild`, async () => {
    if (!existsSync(manifest)) throw new Error(`Makefile not found at ${manifest}`);
    await mkdir(artifacts, { recursive: true });
    say(`${id}: Current Artifacts Directory : ${artifacts}`);
    const cwd = resolve(copied, textIn(metadata["WorkingDirectory"]) ?? ".");
    try {
      const said = await run(["make", "--makefile", manifest, `build-${id}`], {
        cwd,
        env: { ...env, ARTIFACTS_DIR: artifacts },
      });
      for (const line of said.split("\n").filter((text) => text !== "")) say(line);
    } catch (error) {
      if (error instanceof ProgramFailure) throw new Error(`Make Failed: ${error.message}`);
      throw error;
    }
  });
};
