import { paginateListStacks } from "@aws-sdk/client-cloudformation";
import { GetPipelineStateCommand } from "@aws-sdk/client-codepipeline";
import type { Command } from "commander";
import { type Approval, approvalsThatWait } from "../../launch/approvals.ts";
import { pipelineNames } from "../../launch/runs.ts";
import { type Clients, clientsFor } from "../../launch/target.ts";
import { createWatch } from "../../launch/watch.ts";
import { findCloudHere } from "../cloudHere.ts";
import { EXIT_FAILED } from "../failure.ts";
import { watchPipelines } from "../live/watchPipelines.ts";
import { createOutput, type Output } from "../render/output.ts";
import { withCloudOptions } from "../settings.ts";

export const registerStatus = (program: Command): void => {
  withCloudOptions(program.command("status"))
    .description("Show the cloud, its stacks and its pipelines")
    .option("-w, --watch", "go on showing the pipelines as they change, until Ctrl+C")
    .option("--pipeline <name>", "this one only")
    .option("--until-done", "watch until no run is under way; status 1 when one has failed")
    .option("--json", "print JSON; with --watch, a line of it for each change")
    .addHelpText(
      "after",
      "\nExamples:\n  aloft status\n  aloft status -w\n  aloft status --watch --until-done\n  aloft status --json",
    )
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const here = await findCloudHere(options);
      if (!here) {
        output.line("No cloud runs here.");
        output.line("Next: aloft launch");
        output.result({ running: false });
        return;
      }
      const { running, target } = here;
      if (options.watch || options.untilDone) {
        const watched = await watchPipelines(createWatch(target, options.pipeline), output, {
          untilDone: options.untilDone === true,
        });
        if (options.untilDone && watched.some(({ run }) => run?.status === "Failed")) process.exitCode = EXIT_FAILED;
        return;
      }
      const clients = clientsFor(target);
      const stacks = await stacksOf(clients);
      const pipelines = await pipelinesOf(clients, options.pipeline);
      const approvals = await approvalsThatWait(clients, options.pipeline);
      show(output, running.endpoint, stacks, pipelines, approvals);
      output.result({ running: true, ...running, stacks, pipelines, approvals });
    });
};

interface StackStatus {
  readonly name: string;
  readonly status: string;
}

interface PipelineStatus {
  readonly name: string;
  readonly stages: readonly StackStatus[];
}

const stacksOf = async ({ cloudformation }: Clients): Promise<readonly StackStatus[]> => {
  const stacks: StackStatus[] = [];
  for await (const { StackSummaries = [] } of paginateListStacks({ client: cloudformation }, {}))
    for (const { StackName = "", StackStatus = "" } of StackSummaries)
      if (StackStatus !== "DELETE_COMPLETE") stacks.push({ name: StackName, status: StackStatus });
  return stacks;
};

const pipelinesOf = async (clients: Clients, only: string | undefined): Promise<readonly PipelineStatus[]> => {
  const names = only === undefined ? await pipelineNames(clients) : [only];
  return Promise.all(
    names.map(async (name) => {
      const { stageStates = [] } = await clients.codepipeline.send(new GetPipelineStateCommand({ name }));
      return {
        name,
        stages: stageStates.map(({ stageName = "", latestExecution }) => ({
          name: stageName,
          status: latestExecution?.status ?? "not run",
        })),
      };
    }),
  );
};

const show = (
  output: Output,
  endpoint: string,
  stacks: readonly StackStatus[],
  pipelines: readonly PipelineStatus[],
  approvals: readonly Approval[],
): void => {
  output.line(`The cloud answers at ${endpoint}.`);
  for (const { name, status } of stacks) output.line(`stack      ${name}  ${status}`);
  for (const { name, stages } of pipelines) {
    output.line(`pipeline   ${name}  ${stages.map((stage) => `${stage.name}: ${stage.status}`).join(" > ")}`);
  }
  for (const { pipeline, stage, action } of approvals)
    output.line(`approval   ${pipeline}  ${stage} / ${action} waits for you`);
  if (approvals.length > 0) output.line("Next: aloft approve   # or aloft reject");
};
