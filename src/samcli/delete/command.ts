import { describeStack, waitForStack } from "../../awscli/cloudformation/stack.ts";
import { CliError } from "../../awscli/io.ts";
import type { SamCall, SamCommand } from "../command.ts";
import { SamFailure, UsageFailure } from "../failure.ts";
import { flag, one, toggle } from "../options/row.ts";
import { service } from "../services.ts";
import { deleteArtifacts } from "./artifacts.ts";

/** `sam delete --no-prompts`: the stack, and what was sent to S3 for it. */
const run = async (call: SamCall): Promise<number> => {
  const { given, io, globals } = call;
  if (!given.on("no_prompts"))
    throw new SamFailure("sam delete asks before it deletes, and builds have no terminal to ask at; use --no-prompts.");
  const stackName = given.text("stack_name");
  if (stackName === undefined)
    throw new UsageFailure("Missing option '--stack-name', provide a stack name that needs to be deleted.");
  const sdk = await service("cloudformation", call);
  const stack = await describeStack(sdk, stackName);
  if (!stack) {
    io.out(`Error: The input stack ${stackName} does not exist on Cloudformation in the region ${globals.region}\n`);
    return 0;
  }
  if (stack["EnableTerminationProtection"] === true)
    throw new SamFailure(`Stack ${stackName} cannot be deleted while TerminationProtection is enabled.`);
  const { TemplateBody } = await sdk.send("GetTemplate", { StackName: stackName, TemplateStage: "Original" });
  const found = await deleteArtifacts(call, String(TemplateBody));
  io.out(`\t- Deleting Cloudformation stack ${stackName}\n`);
  await sdk.send("DeleteStack", { StackName: stackName });
  // By its id: a deleted stack is found by no other.
  await deleted(() => waitForStack(sdk, "StackDeleteComplete", { StackName: String(stack["StackId"]) }), stackName);
  if (!found)
    io.out(
      "\nWarning: Cannot resolve s3 bucket information from command options, local config file or cloudformation template. Please use --s3-bucket next time and delete s3 files manually if required.\n",
    );
  io.out("\nDeleted successfully\n");
  return 0;
};

const deleted = async (wait: () => Promise<void>, stackName: string): Promise<void> => {
  try {
    await wait();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new SamFailure(`Failed to delete the stack: ${stackName}, msg: ${error.message.trim()}`);
  }
};

export const deleteApplication: SamCommand = {
  options: [
    one("--stack-name"),
    flag("--no-prompts"),
    one("--s3-bucket"),
    one("--s3-prefix"),
    { ...toggle("--express"), notApplied: "stacks are deleted whole" },
  ],
  run,
};
