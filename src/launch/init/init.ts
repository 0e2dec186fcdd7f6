import { existsSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { LaunchFailed } from "../progress.ts";
import { buildspecsFor } from "./buildspecs.ts";
import { pipelineTemplate } from "./pipelineTemplate.ts";
import { inspectProject, type Project } from "./project.ts";

/** What to make a pipeline for. */
export interface InitRequest {
  readonly folder: string;
  readonly name: string;
  /** The SAM template; looked for when absent. */
  readonly template?: string;
  /** A command that fills in data after each deployment. */
  readonly data?: string;
  /** Whether files that are there may be written over. */
  readonly force: boolean;
}

/** What was written, and what was found in the project. */
export interface InitResult {
  readonly name: string;
  readonly template: string;
  readonly functions: readonly { readonly name: string; readonly runtime: string }[];
  readonly tests: readonly string[];
  readonly data?: string;
  readonly written: readonly string[];
}

/** A pipeline as it would be written: what it is for, and its files. */
export interface InitPlan extends InitResult {
  /** Writes the files. */
  write(): void;
}

/** The pipeline's template and one buildspec a step, not written yet. Throws LaunchFailed. */
export const planInit = ({ folder, name, force, ...given }: InitRequest): InitPlan => {
  const project = inspectProject(folder, given);
  const files = { "pipeline.yml": pipelineTemplate(name, project), ...buildspecsFor(folder, project) };
  const there = Object.keys(files).filter((file) => existsSync(join(folder, file)));
  if (there.length > 0 && !force)
    throw new LaunchFailed(
      `${there.join(", ")} ${there.length > 1 ? "are" : "is"} there already.`,
      "aloft init --force",
    );
  return {
    ...resultOf(name, project, Object.keys(files)),
    write: () => {
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    },
  };
};

const resultOf = (name: string, project: Project, written: readonly string[]): InitResult => ({
  name,
  template: project.template,
  functions: project.functions.map(({ name: function_, runtime }) => ({ name: function_, runtime })),
  tests: project.tests.map(({ folder, command }) => (folder === "." ? command : `${folder}: ${command}`)),
  ...(project.data === undefined ? {} : { data: project.data }),
  written,
});

/**
 * The roles of the application's stack are told from others by what their names begin with: `NAME-app-`. AWS: of a name that
 * is too long for IAM's 64 characters 25 are left of the stack's.
 */
export const MAX_NAME_LENGTH = 25 - "-app".length;

/** Stacks, buckets and repositories have this name, and names made of it: what any of them refuses is no name. */
export const isProjectName = (name: string): boolean =>
  name.length <= MAX_NAME_LENGTH && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name);

/** What a project is called: its folder's name, as stacks, buckets and repositories may be named. */
export const projectName = (folder: string): string => {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, MAX_NAME_LENGTH)
    .replace(/-+$/, "");
  return name === "" ? "application" : name;
};
