import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Command } from "commander";
import { errorMessage } from "../../kernel/errors.ts";
import { isProjectName, MAX_NAME_LENGTH, planInit, projectName } from "../../launch/init/init.ts";
import { findTemplate } from "../../launch/init/project.ts";
import { type LaunchResult, launch } from "../../launch/launch.ts";
import { SAMPLE_NAME } from "../../launch/launched.ts";
import { clientsFor, type Target } from "../../launch/target.ts";
import { createWatch } from "../../launch/watch.ts";
import { targetOf, targetOnAws } from "../cloudHere.ts";
import { ensureRunning, findRunning } from "../cloudProcess.ts";
import { canAsk, confirm } from "../confirm.ts";
import { consoleLink } from "../consoleLink.ts";
import { callControl } from "../control.ts";
import { CliError } from "../failure.ts";
import { openLaunchView } from "../live/launchView.ts";
import { branchOf, mirrorPath } from "../mirror.ts";
import { pairsOf } from "../pairs.ts";
import { projectFolder } from "../projectFolder.ts";
import { colour, createOutput, duration, type Output } from "../render/output.ts";
import { readCredentials, type Settings, settingsFrom, UsageError, withStartOptions } from "../settings.ts";
import { showFound, showWritten } from "./init.ts";

export const registerLaunch = (program: Command): void => {
  withStartOptions(program.command("launch"))
    .description("Launch the pipeline and the application, and follow them to production")
    .option("--project <dir>", "the folder with pipeline.yml or a SAM template; the sample when this one has neither")
    .option("--name <name>", "names the stack, the repository and the source bucket; the folder's name when absent")
    .option("--target <target>", "local, or aws with your own credentials", "local")
    .option("--parameter <name=value...>", "a parameter of pipeline.yml", [])
    .option("-y, --yes", "ask nothing, and write the pipeline when there is none")
    .option("--no-mirror", "do not follow the project's own Git repository")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  aloft launch\n  aloft launch --project my-app --yes\n  aloft launch --parameter ReleaseApproval=manual\n  GITHUB_TOKEN=… aloft launch --target aws --region eu-west-1",
    )
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const settings = settingsFrom(options);
      const { project, name } = projectOf(options);
      const parameters = pairsOf(options.parameter, "--parameter");
      if (options.target === "aws") await checkCredentials(targetOnAws(settings.region));
      else if (options.target !== "local") throw new UsageError(`--target takes local or aws, not ${options.target}.`);
      await ensurePipeline(project, name, options.yes === true, output);
      const startedAt = performance.now();
      const target = await readyTarget(options.target, settings, output);
      const token = process.env["GITHUB_TOKEN"];
      const followed =
        options.target === "local" && options.mirror ? await mirror(settings, project, name, output) : undefined;
      const view = openLaunchView(output, (pipeline) => createWatch(target, pipeline));
      const result = await launch(
        {
          target,
          project,
          name,
          ...(token && options.target === "aws" ? { token } : {}),
          parameters,
        },
        view.tell,
      ).finally(view.close);
      const elapsedMs = performance.now() - startedAt;
      const running = options.target === "local" ? await findRunning(settings.state) : undefined;
      const next = followed
        ? `Next: each commit on ${followed} of ${project} deploys; aloft runs shows it, aloft mirror stop ends it`
        : result.cloneUrl && `Next: git clone ${result.cloneUrl}   # then edit a function, and git push`;
      const link = running && (await consoleLink(running, settings.state));
      show(output, result, elapsedMs, { target: options.target, next, console: link });
    });
};

/** A project that is a repository of its own is followed from here on; gives the branch. */
const mirror = async (
  settings: Settings,
  project: string,
  name: string,
  output: Output,
): Promise<string | undefined> => {
  const [branch, running] = [await branchOf(project, "HEAD:./pipeline.yml"), await findRunning(settings.state)];
  if (!running) return undefined;
  if (branch === undefined) {
    const here = await branchOf(project);
    if (here !== undefined)
      output.line(
        `${project} is not followed yet: the last commit of ${here} has no pipeline.yml. Commit it, then: aloft mirror start --project ${project} --name ${name}`,
      );
    return undefined;
  }
  try {
    await callControl(running, settings.state, "POST", mirrorPath({ name, path: project, branch }));
    output.line(`The repository aloft/${name} follows ${branch} of ${project}.`);
    return branch;
  } catch (error) {
    // It is pushed to as ever; why it is not followed, the cloud has said.
    output.line(`${project} is not followed: ${errorMessage(error)}`);
    return undefined;
  }
};

/** Before anything is written or asked: whether AWS knows who launches. */
const checkCredentials = async (target: Target): Promise<void> => {
  await clientsFor(target).sts.send(new GetCallerIdentityCommand({}));
};

const readyTarget = async (target: string, settings: Settings, output: Output): Promise<Target> => {
  if (target === "aws") return { region: settings.region };
  const { running, started } = await ensureRunning(settings);
  output.line(
    started ? `The cloud answers at ${running.endpoint}.` : `The cloud runs already, at ${running.endpoint}.`,
  );
  const credentials = readCredentials(settings.state);
  if (!credentials) throw new CliError(`${settings.state} holds no credentials.`, "aloft start");
  return targetOf(running, credentials);
};

const projectOf = (given: { readonly project?: string; readonly name?: string }) => {
  if (given.name !== undefined && !isProjectName(given.name))
    throw new UsageError(
      `--name takes lower-case letters, digits and single hyphens, ${MAX_NAME_LENGTH} at most, not ${given.name}.`,
    );
  const isHere = existsSync("pipeline.yml") || findTemplate(".") !== undefined;
  if (given.project === undefined && !isHere) {
    const root = dirname(dirname(fileURLToPath(import.meta.url).replace(/\/chunks\/[^/]+$/, "/cli.js")));
    return { project: join(root, "examples", SAMPLE_NAME), name: given.name ?? SAMPLE_NAME };
  }
  const project = projectFolder(given.project ?? ".");
  return { project, name: given.name ?? projectName(project) };
};

/** Writes the pipeline of a SAM project that has none, unless a person who was asked declines. */
const ensurePipeline = async (project: string, name: string, yes: boolean, output: Output): Promise<void> => {
  if (existsSync(join(project, "pipeline.yml"))) return;
  if (findTemplate(project) === undefined)
    throw new CliError(`There is neither a pipeline.yml nor a SAM template in ${project}.`, "aloft init");
  const ask = !yes && !output.json && canAsk();
  if (ask && !(await confirm(`${project} has no pipeline.yml. Write one, with its buildspecs?`)))
    throw new CliError("There is no pipeline to launch.", "aloft init");
  const { write, ...result } = planInit({ folder: project, name, force: false });
  await showFound(output, project, result);
  write();
  showWritten(output, result);
};

/** What the last lines tell. */
interface Further {
  readonly target: string;
  readonly next: string | undefined;
  readonly console: string | undefined;
}

const show = (output: Output, result: LaunchResult, elapsedMs: number, { target, next, console }: Further): void => {
  output.line();
  for (const stage of result.run.stages)
    output.line(`${stage.name.padEnd(10)} ${stage.status} in ${duration(stage.durationMs)}`);
  output.line();
  for (const [name, value] of Object.entries({ ...result.outputs, ...result.applicationOutputs }))
    output.line(`${name.padEnd(22)} ${value}`);
  output.line();
  if (result.api) output.line(colour("bold", `${result.apiName} ${result.api}`));
  else output.line("The application's stack has no output that is an address.");
  if (result.answerStatus !== undefined && result.answerStatus !== 200)
    output.line(`  a plain GET is answered ${result.answerStatus}`);
  if (result.answer !== undefined) for (const row of rowsOf(result.answer)) output.line(`  ${row}`);
  output.line();
  output.line(`Live in ${duration(elapsedMs)}.`);
  if (next) output.line(next);
  if (target === "aws") output.line("      aloft runs | approve | retry | rollback | tables, each with --target aws");
  else {
    output.line('      eval "$(aloft env)"   # and aws … speaks to this cloud');
    output.line("      aloft status | logs | open | destroy");
  }
  if (console) output.line(`Console, opened once by this link: ${console}`);
  output.result({ ...result, elapsedMs: Math.round(elapsedMs), ...(console ? { console } : {}) });
};

const rowsOf = (answer: string): readonly string[] => {
  try {
    const rows: unknown = JSON.parse(answer);
    return Array.isArray(rows) ? rows.map((row) => JSON.stringify(row)) : [answer];
  } catch {
    // Not JSON: shown as it came.
    return [answer];
  }
};
