import type { Command } from "commander";
import { followPipeline } from "../../launch/pipeline.ts";
import { rollback } from "../../launch/rollback.ts";
import { clientsFor } from "../../launch/target.ts";
import { targetFrom, withTargetOptions } from "../cloudHere.ts";
import { CliError } from "../failure.ts";
import { createOutput } from "../render/output.ts";
import { progressLines } from "../render/progress.ts";

export const registerRollback = (program: Command): void => {
  withTargetOptions(program.command("rollback"))
    .argument(
      "[run]",
      "the run to go back to, or its beginning; the last good one before the newest when none is given",
    )
    .description("Bring a stage back to what an earlier run brought there, and follow it")
    .option("--pipeline <name>", "of this pipeline only")
    .option("--stage <name>", "this stage; the last one when none is given")
    .option("--no-wait", "return at once")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft rollback\n  aloft rollback 3f2a --stage Deploy --no-wait")
    .action(async (run: string | undefined, options) => {
      const output = createOutput(options.json === true);
      const clients = clientsFor(await targetFrom(options));
      const begun = await rollback(clients, { run, pipeline: options.pipeline, stage: options.stage });
      output.line(
        `The stage ${begun.stage} of ${begun.pipeline} goes back to the run ${begun.target}: run ${begun.id}.`,
      );
      if (!options.wait) {
        output.line(`Next: aloft runs ${begun.id.slice(0, 8)}`);
        output.result(begun);
        return;
      }
      const { status } = await followPipeline(clients, begun.pipeline, progressLines(output), begun.id);
      output.result({ ...begun, status });
      if (status !== "Succeeded")
        throw new CliError(`The rollback is ${status}.`, `aloft runs ${begun.id.slice(0, 8)}`);
      output.line("The rollback is done.");
    });
};
