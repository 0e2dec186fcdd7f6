import type { ApprovalStatus } from "@aws-sdk/client-codepipeline";
import type { Command } from "commander";
import { answerApproval } from "../../launch/approvals.ts";
import { clientsFor } from "../../launch/target.ts";
import { targetFrom, withTargetOptions } from "../cloudHere.ts";
import { createOutput } from "../render/output.ts";

/** `aloft approve`: the run that waits for a person goes on. */
export const registerApprove = (program: Command): void =>
  register(program, "approve", "Approved", "Let the run that waits for an approval go on");

/** `aloft reject`: it ends there. */
export const registerReject = (program: Command): void =>
  register(program, "reject", "Rejected", "End the run that waits for an approval; production stays as it is");

const register = (program: Command, name: string, status: ApprovalStatus, description: string): void => {
  withTargetOptions(program.command(name))
    .argument("[comment...]", "why, kept with the run")
    .description(description)
    .option("--pipeline <name>", "of this pipeline, where several wait")
    .option("--action <name>", "this action, where several wait")
    .option("--json", "print JSON")
    .addHelpText("after", `\nExamples:\n  aloft ${name}\n  aloft ${name} "seen by two of us" --pipeline shop-pipeline`)
    .action(async (comment: readonly string[], options) => {
      const output = createOutput(options.json === true);
      const summary = comment.join(" ");
      const approval = await answerApproval(clientsFor(await targetFrom(options)), options, {
        status,
        summary: summary === "" ? `${status} with aloft ${name}` : summary,
      });
      output.line(`${status} ${approval.action} of ${approval.pipeline} in the run ${approval.run}.`);
      output.line(`Next: aloft runs ${approval.run.slice(0, 8)}`);
      output.result({ ...approval, status });
    });
};
