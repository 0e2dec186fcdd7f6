import { describeStack } from "../../awscli/cloudformation/stack.ts";
import { listOf } from "../../awscli/s3/listing.ts";
import type { SamCall, SamCommand } from "../command.ts";
import { SamFailure, UsageFailure } from "../failure.ts";
import { service } from "../services.ts";
import { LIST_OPTIONS, noStack, showList } from "./output.ts";

/** `sam list stack-outputs` */
const run = async (call: SamCall): Promise<number> => {
  const { region } = call.globals;
  const stackName = call.given.text("stack_name");
  if (stackName === undefined) throw new UsageFailure("Missing option '--stack-name'.");
  const stack = await describeStack(await service("cloudformation", call), stackName);
  if (!stack) throw noStack(stackName, region);
  const outputs = listOf(stack["Outputs"]);
  if (outputs.length === 0)
    throw new SamFailure(
      `Outputs do not exist for the input stack ${stackName} on Cloudformation in the region ${region}`,
    );
  const rows = outputs.map(({ OutputKey, OutputValue, Description }) => ({
    OutputKey: String(OutputKey),
    OutputValue: String(OutputValue),
    Description: String(Description ?? "-"),
  }));
  showList(call, "Stack Outputs", rows);
  return 0;
};

export const listStackOutputs: SamCommand = { options: LIST_OPTIONS, run };
