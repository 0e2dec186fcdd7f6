import type { Command } from "commander";
import { diffRuns } from "../../launch/runDiff.ts";
import { templatesOf } from "../../launch/runFiles.ts";
import {
  describeRun,
  findRun,
  listRuns,
  pipelineNames,
  type RunSummary,
  type TracedAction,
} from "../../launch/runs.ts";
import { type Clients, clientsFor } from "../../launch/target.ts";
import { targetFrom, withTargetOptions } from "../cloudHere.ts";
import { parseLimit } from "../limit.ts";
import { colour, createOutput, duration, type Output } from "../render/output.ts";

export const registerRuns = (program: Command): void => {
  const runs = withTargetOptions(program.command("runs"))
    .argument("[run]", "a run's id, or its beginning: all that it took, did and left")
    .description("Show the runs of pipelines, one run, or what two runs differ in")
    .option("--pipeline <name>", "of this pipeline only")
    .option("--limit <n>", "how many runs of each pipeline", "20")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft runs\n  aloft runs 3f2a --json\n  aloft runs diff 3f2a 9b01")
    .action(async (run: string | undefined, options) => {
      const output = createOutput(options.json === true);
      const clients = clientsFor(await targetFrom(options));
      if (run === undefined) await showRuns(output, clients, options.pipeline, parseLimit(options.limit));
      else await showRun(output, clients, run, options.pipeline);
    });
  withTargetOptions(runs.command("diff"))
    .argument("<before>", "a run's id, or its beginning")
    .argument("<after>", "another run's")
    .description("Show in what two runs differ: revisions, variables, settings, templates, parameters, results")
    .option("--pipeline <name>", "of this pipeline only")
    .option("--json", "print JSON")
    .action(async (before: string, after: string, _options, command: Command) => {
      const options = command.optsWithGlobals();
      const output = createOutput(options["json"] === true);
      await showDiff(output, clientsFor(await targetFrom(options)), [before, after], options["pipeline"]);
    });
};

const showRuns = async (output: Output, clients: Clients, only: string | undefined, limit: number): Promise<void> => {
  const found: RunSummary[] = [];
  for (const pipeline of only === undefined ? await pipelineNames(clients) : [only])
    found.push(...(await listRuns(clients, pipeline, limit)));
  if (found.length === 0) output.line("No pipeline has run yet.");
  for (const run of found) output.line(lineOf(run));
  output.result(found);
};

const lineOf = ({ id, pipeline, status, startedAt, durationMs, revisions, message, trigger }: RunSummary): string => {
  const [revision = ""] = Object.values(revisions);
  const began = new Date(startedAt).toISOString().slice(0, 19).replace("T", " ");
  return `${id.slice(0, 8)}  ${pipeline}  ${painted(status)}  ${began}  ${duration(durationMs)}  ${trigger}  ${revision.slice(0, 8)} ${message}`.trimEnd();
};

const painted = (status: string): string =>
  colour(status === "Succeeded" ? "green" : status === "Failed" ? "red" : "yellow", status);

const showRun = async (output: Output, clients: Clients, wanted: string, pipeline: string | undefined) => {
  const run = await describeRun(clients, await findRun(clients, wanted, pipeline));
  const templates = await templatesOf(clients, run);
  output.line(lineOf({ ...run, id: run.id }));
  output.line(`run        ${run.id}`);
  for (const [name, value] of Object.entries(run.variables)) output.line(`variable   ${name} = ${value}`);
  for (const action of run.actions) showAction(output, action);
  for (const { stack, path, parameters } of templates)
    output.line(
      `template   ${stack} from ${path}${Object.keys(parameters).length ? ` with ${JSON.stringify(parameters)}` : ""}`,
    );
  output.result({ ...run, templates });
};

const showAction = (output: Output, action: TracedAction): void => {
  output.line(
    `action     ${action.stage} / ${action.action}  ${painted(action.status)}  ${duration(action.durationMs)}`,
  );
  if (action.error ?? action.summary) output.line(`           ${action.error ?? action.summary}`);
  for (const input of action.inputs) output.line(`           from ${input.name}  ${lineageLine(input)}`);
  for (const [name, value] of Object.entries(action.outputVariables)) output.line(`           ${name} = ${value}`);
  for (const { name, bucket, key } of action.outputs) output.line(`           artifact ${name}  s3://${bucket}/${key}`);
  if (action.logStreamArn) output.line(`           log ${action.logStreamArn}`);
};

const lineageLine = ({ from = "an earlier run", revisions, digest = "gone" }: TracedAction["inputs"][number]): string =>
  `${from} at ${Object.values(revisions)
    .map((revision) => revision.slice(0, 8))
    .join(", ")}  ${digest}`;

const showDiff = async (
  output: Output,
  clients: Clients,
  wanted: readonly [string, string],
  pipeline: string | undefined,
): Promise<void> => {
  const [before, after] = await Promise.all(
    wanted.map(async (id) => {
      const run = await describeRun(clients, await findRun(clients, id, pipeline));
      return { run, templates: await templatesOf(clients, run) };
    }),
  );
  if (!before || !after) return;
  const differences = diffRuns(before, after);
  if (differences.length === 0) output.line("The two runs are the same in all they were told and did.");
  for (const difference of differences) {
    output.line(difference.what);
    if (difference.before !== undefined) output.line(colour("red", `  - ${difference.before}`));
    if (difference.after !== undefined) output.line(colour("green", `  + ${difference.after}`));
  }
  output.result({ before: before.run.id, after: after.run.id, differences });
};
