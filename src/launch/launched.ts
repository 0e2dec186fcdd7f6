import { paginateDescribeStacks } from "@aws-sdk/client-cloudformation";
import { LaunchFailed } from "./progress.ts";
import type { Clients } from "./target.ts";

/** The sample application, which a launch takes where there is no project. */
export const SAMPLE_NAME = "cloudproviders";

/**
 * Under which name was launched what a command is about, when nobody says: this folder's if it is there, or else the only
 * one. Throws LaunchFailed when there are several: `command` asked.
 */
export const launchedName = async (
  { cloudformation }: Clients,
  folderName: string,
  command: string,
): Promise<string> => {
  const names: string[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: cloudformation }, {}))
    for (const { StackName = "", Outputs = [] } of Stacks)
      if (Outputs.some(({ OutputKey }) => OutputKey === "ApplicationStackName")) names.push(StackName);
  if (names.includes(folderName)) return folderName;
  const [only = SAMPLE_NAME] = names;
  if (names.length > 1)
    throw new LaunchFailed(`Several are launched: ${names.join(", ")}.`, `aloft ${command} --name ${only}`);
  return only;
};
