import { dirname, relative, resolve } from "node:path";
import type { SamCall, SamCommand } from "../command.ts";
import {
  CONTAINER_OPTIONS,
  LANGUAGE_EXTENSIONS_OPTION,
  PARAMETERS_OPTION,
  TEMPLATE_OPTION,
} from "../options/common.ts";
import { parameterOverrides } from "../options/parameters.ts";
import { each, flag, one, toggle } from "../options/row.ts";
import { BUILD_FOLDER, templatePath } from "../templatePath.ts";
import { buildAll } from "./buildAll.ts";
import { emptyBuildFolder } from "./buildFolder.ts";
import { folderOf } from "./buildUnit.ts";
import { templateIn, writeTemplate } from "./builtTemplate.ts";
import { createBuildCache } from "./cache.ts";
import { localStacks } from "./localStack.ts";
import { runProgram } from "./program.ts";
import { selectBuildables } from "./select.ts";
import { unitsOf } from "./unit.ts";

/** `sam build`: functions and layers ready to be packaged, and a template that names them. */
const run = async (call: SamCall): Promise<number> => {
  const { given, io, globals } = call;
  const say = (line: string) => io.err(`${line}\n`);
  const folderAt = (key: string) => {
    const named = given.text(key);
    return named === undefined ? undefined : resolve(io.cwd, named);
  };
  const path = templatePath(call, false);
  const parameters = await parameterOverrides(given.value("parameter_overrides"), io.cwd);
  const stacks = await localStacks(path, { region: globals.region ?? "us-east-1", parameters, say });
  const baseFolder = folderAt("base_dir");
  const buildables = selectBuildables(call, stacks, baseFolder);
  const buildFolder = folderAt("build_dir") ?? resolve(io.cwd, BUILD_FOLDER);
  await emptyBuildFolder(buildFolder, io.cwd);
  const cacheFolder = folderAt("cache_dir") ?? resolve(io.cwd, ".aws-sam/cache");
  const cache = given.on("cached") ? createBuildCache(cacheFolder, say) : undefined;
  if (cache) say("Starting Build use cache");
  const ground = {
    buildFolder,
    cache,
    projectFolder: baseFolder ?? dirname(path),
    manifest: folderAt("manifest"),
    inSource: given.on("build_in_source"),
    env: io.env,
    run: runProgram,
    say,
  };
  const folders = new Map(buildables.map((buildable) => [buildable.fullPath, folderOf(ground, buildable)]));
  const nested = new Set(stacks.map((stack) => stack.path));
  try {
    await buildAll(unitsOf(buildables), ground, given.on("parallel"));
    for (const stack of stacks) await writeTemplate(stack, { buildFolder, folders, nested, say });
  } catch (error) {
    io.out("\nBuild Failed\n");
    throw error;
  }
  if (call.argument === undefined) await cache?.prune();
  io.out(succeeded(io.cwd, buildFolder));
  return 0;
};

const succeeded = (cwd: string, buildFolder: string): string => {
  const template = relative(cwd, templateIn(buildFolder, { path: "" }));
  const named = buildFolder === resolve(cwd, BUILD_FOLDER) ? "" : ` --template-file ${template}`;
  // Differs: what comes next here; `sam local` and `sam sync` are not here.
  return `\nBuild Succeeded\n\nBuilt Artifacts  : ${relative(cwd, buildFolder)}\nBuilt Template   : ${template}\n\nCommands you can use next\n=========================\n[*] Validate SAM template: sam validate\n[*] Deploy: sam deploy${named} --stack-name <YOUR STACK NAME>\n`;
};

export const build: SamCommand = {
  options: [
    TEMPLATE_OPTION,
    one("--build-dir", "-b"),
    one("--base-dir", "-s"),
    one("--manifest", "-m"),
    one("--cache-dir", "-cd"),
    toggle("--cached", "-c"),
    flag("--parallel", "-p"),
    each("--exclude", "-x"),
    toggle("--build-in-source"),
    PARAMETERS_OPTION,
    ...CONTAINER_OPTIONS,
    LANGUAGE_EXTENSIONS_OPTION,
    { ...one("--hook-name"), refused: "only templates of CloudFormation and SAM are built" },
    { ...one("--terraform-project-root-path"), refused: "only templates of CloudFormation and SAM are built" },
    { ...toggle("--skip-prepare-infra"), off: "--prepare-infra", refused: "there are no hooks" },
  ],
  argument: "[RESOURCE_LOGICAL_ID]",
  run,
};
