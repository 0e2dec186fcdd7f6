import type { Command } from "commander";
import { destroy } from "../../launch/destroy.ts";
import { projectName } from "../../launch/init/init.ts";
import { launchedName } from "../../launch/launched.ts";
import { clientsFor } from "../../launch/target.ts";
import { cloudHere } from "../cloudHere.ts";
import { confirmLoss } from "../confirm.ts";
import { createOutput } from "../render/output.ts";
import { progressLines } from "../render/progress.ts";
import { withCloudOptions } from "../settings.ts";

export const registerDestroy = (program: Command): void => {
  withCloudOptions(program.command("destroy"))
    .description("Delete the application's and the pipeline's stack, and empty their buckets")
    .option("--name <name>", "the name it was launched under; this folder's, or the only one, when absent")
    .option("-y, --yes", "ask nothing")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft destroy\n  aloft destroy --name my-app --yes")
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const { target } = await cloudHere(options);
      const name = options.name ?? (await launchedName(clientsFor(target), projectName("."), "destroy"));
      const question = `Delete the stacks of ${name}, and all that is in their buckets and tables?`;
      await confirmLoss(question, options, `aloft destroy --name ${name} --yes`);
      const deleted = await destroy(target, name, progressLines(output));
      output.line(
        deleted.length > 0 ? `Deleted: ${deleted.join(", ")}.` : `Nothing is launched under the name ${name}.`,
      );
      output.result({ deleted });
    });
};
