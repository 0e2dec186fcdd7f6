import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SamFailure } from "../failure.ts";
import type { Buildable } from "./buildable.ts";
import type { BuildCache } from "./cache.ts";
import { copyTree } from "./copyTree.ts";
import type { Unit } from "./unit.ts";
import { chooseWorkflow } from "./workflows/choose.ts";
import type { Work } from "./workflows/work.ts";

/** What all builds of an application share. */
export interface BuildGround extends Pick<Work, "projectFolder" | "manifest" | "inSource" | "env" | "run" | "say"> {
  /** Where the folder of each resource goes. */
  readonly buildFolder: string;
  readonly cache: BuildCache | undefined;
}

/** The folder of what is built of a resource. */
export const folderOf = ({ buildFolder }: Pick<BuildGround, "buildFolder">, { fullPath }: Buildable): string =>
  join(buildFolder, fullPath);

/** Builds once, and copies for all that share it. */
export const buildUnit = async (unit: Unit, ground: BuildGround): Promise<void> => {
  const [first, ...others] = unit;
  const { workflow, subfolder } = chooseWorkflow(first);
  if (!existsSync(first.source)) throw new SamFailure(`The code of ${first.fullPath} is not there: ${first.source}`);
  const built = folderOf(ground, first);
  const names = unit.map(({ fullPath }) => fullPath).join(", ");
  const build = async () => {
    ground.say(announced(first, names));
    const scratch = await mkdtemp(join(tmpdir(), "sam-build-"));
    try {
      await workflow({ ...ground, buildable: first, source: first.source, artifacts: join(built, subfolder), scratch });
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  };
  await (ground.cache ? ground.cache.through(first, names, built, build) : build());
  for (const other of others) await copyTree(built, folderOf(ground, other));
};

const announced = ({ kind, source, runtime, architecture, fullPath }: Buildable, names: string): string =>
  kind === "layer"
    ? `Building layer '${fullPath}'`
    : `Building codeuri: ${source} runtime: ${runtime} architecture: ${architecture} functions: ${names}`;
