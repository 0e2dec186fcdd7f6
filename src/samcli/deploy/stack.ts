import type { Sdk } from "../../awscli/clients.ts";
import { changeSetEnd, changeSetParameters } from "../../awscli/cloudformation/changeSet.ts";
import { describeStack, findStack, type Stack } from "../../awscli/cloudformation/stack.ts";
import { templateSource } from "../../awscli/cloudformation/templateSource.ts";
import type { Uploader } from "../../awscli/cloudformation/upload.ts";
import type { SamCall } from "../command.ts";
import { SamFailure } from "../failure.ts";
import { failureText } from "../report.ts";
import { service } from "../services.ts";
import { showChanges } from "./changes.ts";
import { cleanUp } from "./cleanUp.ts";
import type { Deployment } from "./deployment.ts";
import { followEvents, lastEventId, rootCause } from "./events.ts";
import { showOutputs } from "./outputs.ts";

/** A packaged template, and the bucket it goes to where there is one. */
export interface PackagedTemplate {
  readonly path: string;
  readonly uploader: Uploader | undefined;
  /** Of its parameters. */
  readonly names: readonly string[];
}

/** Brings a stack to a template by a change set. */
export const deployStack = async (
  call: SamCall,
  deployment: Deployment,
  template: PackagedTemplate,
): Promise<number> => {
  const { given, io, globals } = call;
  const { stackName } = deployment;
  const sdk = await service("cloudformation", call);
  const existing = await findStack(sdk, stackName);
  // AWS: named after the second. Here two deployments may follow within one.
  const changeSetName = `samcli-deploy${io.now()}`;
  const id = await createChangeSet(sdk, call, { deployment, template, existing, changeSetName });
  io.out("\n\nWaiting for changeset to be created..\n\n");
  const end = await changeSetEnd(sdk, stackName, changeSetName);
  if (typeof end === "object")
    throw new SamFailure(`Failed to create changeset for the stack: ${stackName}, ex: ${end.problem}`);
  if (end === "empty") return upToDate(call, stackName);
  await showChanges(sdk, id, stackName, io.out);
  io.out(`\nChangeset created successfully. ${id}\n\n`);
  if (given.on("no_execute_changeset")) return 0;
  await execute(sdk, call, deployment, { id, isUpdate: existing !== undefined });
  io.out(`\nSuccessfully created/updated stack - ${stackName} in ${globals.region}\n\n`);
  return 0;
};

const upToDate = ({ given, io }: SamCall, stackName: string): number => {
  const text = `No changes to deploy. Stack ${stackName} is up to date`;
  if (given.on("fail_on_empty_changeset", true)) throw new SamFailure(text);
  io.out(`${text}\n`);
  return 0;
};

interface Planned {
  readonly deployment: Deployment;
  readonly template: PackagedTemplate;
  readonly existing: Stack | undefined;
  readonly changeSetName: string;
}

const createChangeSet = async (
  sdk: Sdk,
  { globals, io }: SamCall,
  { deployment, template, existing, changeSetName }: Planned,
): Promise<string> => {
  const { stackName, overrides, capabilities, roleArn, notificationArns, tags } = deployment;
  const source = await templateSource(template.path, template.uploader, globals.region);
  try {
    const { Id } = await sdk.send("CreateChangeSet", {
      StackName: stackName,
      ChangeSetName: changeSetName,
      ChangeSetType: existing ? "UPDATE" : "CREATE",
      Description: `Created by SAM CLI at ${new Date(io.now()).toISOString()} UTC`,
      ...source,
      Parameters: changeSetParameters(template.names, overrides, existing),
      Capabilities: capabilities,
      RoleARN: roleArn,
      NotificationARNs: notificationArns,
      Tags: tags,
    });
    return String(Id);
  } catch (error) {
    const text = failureText(error, "CreateChangeSet");
    throw new SamFailure(`Failed to create changeset for the stack: ${stackName}, ${text}`);
  }
};

const execute = async (
  sdk: Sdk,
  { io }: SamCall,
  { stackName, disableRollback, onFailure }: Deployment,
  { id, isUpdate }: { readonly id: string; readonly isUpdate: boolean },
): Promise<void> => {
  const since = await lastEventId(sdk, stackName);
  const started = await describeStack(sdk, stackName);
  await sdk.send("ExecuteChangeSet", { ChangeSetName: id, StackName: stackName, DisableRollback: disableRollback });
  const now = new Date(io.now()).toISOString().slice(0, 19).replace("T", " ");
  io.out(`\n${now} - Waiting for stack create/update to complete\n`);
  // By its id: a stack whose failure deletes it is found by no other.
  const stackId = String(started?.["StackId"] ?? stackName);
  const events = await followEvents(sdk, stackId, since, io);
  const stack = await describeStack(sdk, stackId);
  const status = String(stack?.["StackStatus"]);
  if (status === (isUpdate ? "UPDATE_COMPLETE" : "CREATE_COMPLETE")) return showOutputs(stack, io.out);
  if (disableRollback && onFailure !== "DELETE") io.err(notRolledBack(stackName));
  if (onFailure === "DELETE") await cleanUp(sdk, stackName, status, io);
  // Differs: the SAM CLI names only the waiter that failed; why is what its reader looks for in the events.
  const cause = rootCause(events) ?? String(stack?.["StackStatusReason"] ?? "");
  throw new SamFailure(
    `Failed to create/update the stack: ${stackName}, ${cause} (Waiter Stack${isUpdate ? "Update" : "Create"}Complete failed: the stack is ${status})`,
  );
};

const notRolledBack = (stackName: string): string =>
  `\nFailed to deploy. Automatic rollback disabled for this deployment.\n\nActions you can take next\n=========================\n[*] Fix issues and try deploying again\n[*] Roll back stack to the last known stable state: aws cloudformation rollback-stack --stack-name ${stackName}\n\n`;
