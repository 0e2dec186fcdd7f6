import { GetTemplateCommand, paginateListStacks } from "@aws-sdk/client-cloudformation";
import type { Clients } from "./target.ts";

/** The names of all stacks that are there. One that only waits for its first change set holds nothing yet. */
export const stackNames = async ({ cloudformation }: Pick<Clients, "cloudformation">): Promise<readonly string[]> => {
  const names: string[] = [];
  for await (const { StackSummaries = [] } of paginateListStacks({ client: cloudformation }, {}))
    for (const { StackName, StackStatus } of StackSummaries)
      if (StackName && StackStatus !== "DELETE_COMPLETE" && StackStatus !== "REVIEW_IN_PROGRESS") names.push(StackName);
  return names;
};

/** A stack's template after its macros. */
export const templateOf = async (
  { cloudformation }: Pick<Clients, "cloudformation">,
  stack: string,
): Promise<string> => {
  const command = new GetTemplateCommand({ StackName: stack, TemplateStage: "Processed" });
  return (await cloudformation.send(command)).TemplateBody ?? "";
};
