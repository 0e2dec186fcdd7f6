import type { Stack } from "../../awscli/cloudformation/stack.ts";
import { listOf } from "../../awscli/s3/listing.ts";
import { openTable } from "./table.ts";

/** Shows the outputs of a deployed stack, each in three lines. */
export const showOutputs = (stack: Stack | undefined, out: (text: string) => void): void => {
  const outputs = listOf(stack?.["Outputs"]);
  if (outputs.length === 0) return;
  const table = openTable("CloudFormation outputs from deployed stack", ["Outputs"], out);
  outputs.forEach(({ OutputKey, Description, OutputValue }, at) => {
    if (at > 0) out("\n");
    // A value is never divided: people and scripts copy it.
    for (const [name, value] of Object.entries({ Key: OutputKey, Description: Description ?? "-", Value: OutputValue }))
      out(`${name.padEnd(20)}${String(value).padEnd(20)}\n`);
  });
  table.end();
};
