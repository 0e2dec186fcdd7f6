import { mkdir, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { ARTIFACT_PROPERTIES } from "../../awscli/cloudformation/artifacts.ts";
import { readTemplate, replaceIncludes, type TemplateResource } from "../../awscli/cloudformation/template.ts";
import { own } from "../../kernel/own.ts";
import { CODE } from "./buildable.ts";
import { fitToBundle } from "./bundledFunction.ts";
import { isRemote, type LocalStack, NESTED, pathOf } from "./localStack.ts";

/** What was built, by the paths of the resources. */
export interface Built {
  readonly buildFolder: string;
  /** Folders of functions and layers. */
  readonly folders: ReadonlyMap<string, string>;
  /** Nested stacks whose templates are written, too. */
  readonly nested: ReadonlySet<string>;
  readonly say: (line: string) => void;
}

/** Where the template of a stack goes in the build folder. */
export const templateIn = (buildFolder: string, { path }: Pick<LocalStack, "path">): string =>
  join(buildFolder, path, "template.yaml");

/**
 * Writes a stack's template into the build folder: what was built, and the templates nested in it, are found there; all else
 * that it names on this machine is found from there.
 */
export const writeTemplate = async (stack: LocalStack, built: Built): Promise<void> => {
  const template = await readTemplate(stack.templatePath);
  const target = templateIn(built.buildFolder, stack);
  const fromTarget = (path: string) => relative(dirname(target), path);
  const moved = (place: string) =>
    isRemote(place) || isAbsolute(place) ? place : fromTarget(resolve(dirname(stack.templatePath), place));
  for (const resource of template.resources) {
    const path = pathOf(stack, resource.id);
    const folder = built.folders.get(path);
    const property = own(folder === undefined ? NESTED : CODE_PROPERTIES, resource.type);
    if (property !== undefined && folder !== undefined) {
      resource.set(property, fromTarget(folder));
      fitToBundle(template, stack, resource, folder, built.say);
    } else if (property !== undefined && built.nested.has(path))
      resource.set(property, fromTarget(templateIn(built.buildFolder, { path })));
    else {
      moveFiles(resource, moved);
      continue;
    }
    // AWS: so that its commands find a resource by the id that its author gave it.
    template.document.setIn(["Resources", resource.id, "Metadata", "SamResourceId"], resource.id);
  }
  await replaceIncludes(template, async (place) => moved(place));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, template.yaml());
};

const CODE_PROPERTIES = Object.fromEntries(Object.entries(CODE).map(([type, { property }]) => [type, property]));

const moveFiles = (resource: TemplateResource, moved: (place: string) => string): void => {
  for (const { type, property } of ARTIFACT_PROPERTIES) {
    const place = type === resource.type ? resource.text(property) : undefined;
    if (place !== undefined) resource.set(property, moved(place));
  }
};
