import type { Command } from "commander";
import { projectName } from "../../launch/init/init.ts";
import { cloudHere } from "../cloudHere.ts";
import { callControl } from "../control.ts";
import { CliError } from "../failure.ts";
import { branchOf, mirrorPath } from "../mirror.ts";
import { projectFolder } from "../projectFolder.ts";
import { createOutput } from "../render/output.ts";
import { type RawOptions, withCloudOptions } from "../settings.ts";

/** `aloft mirror`: which repositories of this machine are followed, and an end or a beginning of it. */
export const registerMirror = (program: Command): void => {
  const mirror = program.command("mirror").description("Follow a Git repository of this machine: each commit deploys");
  mirror.addHelpText(
    "after",
    "\nExamples:\n  aloft mirror status\n  aloft mirror stop\n  aloft mirror start --project my-app --name my-app",
  );
  const add = (name: string, description: string) =>
    withCloudOptions(mirror.command(name))
      .description(description)
      .option("--name <name>", "the repository here that follows, as in aloft launch")
      .option("--json", "print JSON");
  add("status", "Show what is followed, and how it goes").action(status);
  add("stop", "Follow no longer; the repository takes pushes again").action(stop);
  add("start", "Follow a branch from now on")
    .option("--project <dir>", "the repository to follow", ".")
    .option("--branch <branch>", "its branch; the one checked out when there is none given")
    .option("--force", "set aside commits that were pushed here and are not there")
    .action(start);
};

const status = async (options: RawOptions): Promise<void> => {
  const output = createOutput(options["json"] === true);
  const { mirrors } = await ask(options, "GET", mirrorPath());
  const list = Array.isArray(mirrors) ? mirrors : [];
  if (list.length === 0) {
    output.line("Nothing is followed.");
    output.line("Next: aloft mirror start");
  }
  for (const { owner, name, path, branch, into, state, commit, message } of list) {
    output.line(
      `${owner}/${name} (${into}) follows ${path} (${branch}): ${state}${commit ? ` at ${commit.slice(0, 7)}` : ""}`,
    );
    if (message) output.line(`  ${message}`);
  }
  output.result({ mirrors: list });
};

const stop = async (options: RawOptions): Promise<void> => {
  const output = createOutput(options["json"] === true);
  const { stopped } = await ask(options, "DELETE", mirrorPath({ name: await nameOf(options) }));
  output.line(stopped ? "It is followed no longer, and takes pushes again." : "Nothing of that name is followed.");
  output.result({ stopped: stopped === true });
};

/** What is followed when nobody says: the only one. */
const nameOf = async (options: RawOptions): Promise<string> => {
  if (typeof options["name"] === "string") return options["name"];
  const { mirrors } = await ask(options, "GET", mirrorPath());
  const names: readonly string[] = Array.isArray(mirrors) ? mirrors.map(({ name }) => String(name)) : [];
  if (names.length > 1)
    throw new CliError(`Several are followed: ${names.join(", ")}.`, `aloft mirror stop --name ${names[0]}`);
  return names[0] ?? "";
};

const start = async (options: RawOptions): Promise<void> => {
  const output = createOutput(options["json"] === true);
  const path = projectFolder(options["project"]);
  const branch = typeof options["branch"] === "string" ? options["branch"] : await branchOf(path);
  if (branch === undefined)
    throw new CliError(
      `${path} is no Git repository with a branch checked out.`,
      "git init && git add --all && git commit",
    );
  const force = options["force"] === true;
  const name = typeof options["name"] === "string" ? options["name"] : projectName(path);
  const started = await ask(options, "POST", mirrorPath({ name, path, branch, force }));
  output.line(`Each commit on ${branch} of ${path} deploys from now on. To end it: aloft mirror stop`);
  output.result(started);
};

const ask = async (options: RawOptions, method: string, path: string): Promise<Readonly<Record<string, unknown>>> => {
  const { running, state } = await cloudHere(options);
  const answer = await callControl(running, state, method, path);
  return typeof answer === "object" && answer !== null ? { ...answer } : {};
};
