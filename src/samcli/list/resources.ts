import { describeStack } from "../../awscli/cloudformation/stack.ts";
import { listOf } from "../../awscli/s3/listing.ts";
import { localStacks } from "../build/localStack.ts";
import type { SamCall, SamCommand } from "../command.ts";
import { PARAMETERS_OPTION, TEMPLATE_OPTION } from "../options/common.ts";
import { service } from "../services.ts";
import { templatePath } from "../templatePath.ts";
import { LIST_OPTIONS, noStack, showList } from "./output.ts";

/** `sam list resources`: those of a stack, and those of the template that are not deployed. */
const run = async (call: SamCall): Promise<number> => {
  const { given, globals, io } = call;
  const stackName = given.text("stack_name");
  const deployed = stackName === undefined ? [] : await deployedResources(call, stackName);
  const say = (line: string) => io.err(`${line}\n`);
  // Differs: resources that SAM's transform adds to the template are listed once they are deployed.
  const [template] = await localStacks(templatePath(call, false), {
    region: globals.region ?? "us-east-1",
    parameters: new Map(),
    say,
  });
  const known = new Set(deployed.map(({ LogicalResourceId }) => LogicalResourceId));
  const planned = Object.keys(template?.resources ?? {})
    .filter((id) => !known.has(id))
    .map((LogicalResourceId) => ({ LogicalResourceId, PhysicalResourceId: "-" }));
  showList(call, "Resources", [...deployed, ...planned]);
  return 0;
};

const deployedResources = async (call: SamCall, StackName: string) => {
  const sdk = await service("cloudformation", call);
  if (!(await describeStack(sdk, StackName))) throw noStack(StackName, call.globals.region);
  const found: { readonly LogicalResourceId: string; readonly PhysicalResourceId: string }[] = [];
  for (let NextToken: unknown; ; ) {
    const page = await sdk.send("ListStackResources", { StackName, NextToken });
    for (const { LogicalResourceId, PhysicalResourceId } of listOf(page["StackResourceSummaries"]))
      found.push({
        LogicalResourceId: String(LogicalResourceId),
        PhysicalResourceId: String(PhysicalResourceId ?? "-"),
      });
    NextToken = page["NextToken"];
    if (NextToken === undefined) return found;
  }
};

export const listResources: SamCommand = { options: [TEMPLATE_OPTION, PARAMETERS_OPTION, ...LIST_OPTIONS], run };
