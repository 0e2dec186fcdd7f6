import type { Command } from "commander";
import { rerun } from "../../launch/rerun.ts";
import { describeRun, findRun } from "../../launch/runs.ts";
import { clientsFor } from "../../launch/target.ts";
import { targetFrom, withTargetOptions } from "../cloudHere.ts";
import { createOutput } from "../render/output.ts";

export const registerRetry = (program: Command): void => {
  withTargetOptions(program.command("retry"))
    .argument("[run]", "a run's id, or its beginning; the newest when none is given")
    .description("Run a pipeline's stage again, with what the run brought there")
    .option("--pipeline <name>", "of this pipeline only")
    .option("--stage <name>", "from this stage; the one that failed when none is given")
    .option("--action <name>", "from this action")
    .option("--all", "every action of the stage, not the failed ones alone")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  aloft retry\n  aloft retry 3f2a --action InsertData\n  aloft retry 3f2a --stage Deploy --all",
    )
    .action(async (wanted: string | undefined, options) => {
      const output = createOutput(options.json === true);
      const clients = clientsFor(await targetFrom(options));
      const run = await describeRun(clients, await findRun(clients, wanted, options.pipeline));
      const wish = { stage: options.stage, action: options.action, all: options.all === true };
      const begun = await rerun(clients, run, wish);
      output.line(
        begun.kind === "retry"
          ? `The stage ${begun.stage} of ${begun.pipeline} is tried again in the run ${begun.id}.`
          : `The stage ${begun.stage} of ${begun.pipeline} runs with what ${run.id} brought there: run ${begun.id}.`,
      );
      output.line(`Next: aloft runs ${begun.id.slice(0, 8)}`);
      output.result(begun);
    });
};
