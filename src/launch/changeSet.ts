import {
  type ChangeSetType,
  CloudFormationServiceException,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  DescribeEventsCommand,
  ExecuteChangeSetCommand,
  type Stack,
} from "@aws-sdk/client-cloudformation";
import { LaunchFailed, type Tell } from "./progress.ts";
import { completeStack, findStack, followStack, lastEventId } from "./stack.ts";
import { stackParameters } from "./stackParameters.ts";
import type { Clients } from "./target.ts";
import { pause } from "./wait.ts";

/** A stack to bring to a template by way of a change set. */
export interface ChangeSetRequest {
  readonly stackName: string;
  readonly changeSetName: string;
  readonly template: { readonly body: string } | { readonly url: string };
  /** Values given; what is not keeps the stack's value, or the template's default. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly parameterNames: readonly string[];
  readonly capabilities: CreateChangeSetCommandInput["Capabilities"];
  readonly roleArn?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly execute: boolean;
  readonly disableRollback: boolean;
}

/** One change, as people and programs read it. */
export interface PlannedChange {
  readonly action: string;
  readonly logicalId: string;
  readonly type: string;
  readonly replacement?: string;
}

export interface ChangeSetOutcome {
  readonly changes: readonly PlannedChange[];
  readonly changeSetId: string;
  /** The stack once it is done; absent when the change set was only made. */
  readonly stack?: Stack;
}

/** Makes the change set, tells its changes, executes it and follows the stack to its end. Throws when any of it fails. */
export const deployByChangeSet = async (
  clients: Clients,
  request: ChangeSetRequest,
  tell: Tell,
): Promise<ChangeSetOutcome> => {
  const { stackName } = request;
  const found = await findStack(clients, stackName);
  const existing = found?.StackStatus === "REVIEW_IN_PROGRESS" ? undefined : found;
  if (existing?.StackStatus === "ROLLBACK_COMPLETE") {
    throw new LaunchFailed(
      `The stack ${stackName} is in ROLLBACK_COMPLETE: its creation failed, and it can only be deleted.`,
      `aws cloudformation delete-stack --stack-name ${stackName}`,
    );
  }
  const made = await createChangeSet(clients, request, existing);
  const changeSetId = made.ChangeSetId ?? "";
  const changes = changesOf(made);
  if (made.Status === "FAILED") {
    const causes = /EarlyValidation/.test(made.StatusReason ?? "") ? await causesOf(clients, changeSetId) : "";
    await clients.cloudformation.send(new DeleteChangeSetCommand({ ChangeSetName: changeSetId }));
    if (!NO_CHANGES.test(made.StatusReason ?? "") || !existing) {
      throw new LaunchFailed(
        `The change set of ${stackName} failed: ${causes}${made.StatusReason ?? ""}`,
        "aloft doctor",
      );
    }
    tell({ kind: "step", name: "stack", text: `${stackName} is up to date` });
    return { changes: [], changeSetId, stack: existing };
  }
  for (const change of changes) tell({ kind: "step", name: "change", text: changeText(change) });
  if (!request.execute) return { changes, changeSetId };
  return { changes, changeSetId, stack: await execute(clients, request, changeSetId, tell) };
};

const NO_CHANGES = /didn't contain changes|No updates are to be performed/;

const createChangeSet = async (
  clients: Clients,
  request: ChangeSetRequest,
  existing: Stack | undefined,
): Promise<DescribeChangeSetCommandOutput> => {
  const { template, tags } = request;
  const ChangeSetType: ChangeSetType = existing ? "UPDATE" : "CREATE";
  const { Id } = await clients.cloudformation.send(
    new CreateChangeSetCommand({
      StackName: request.stackName,
      ChangeSetName: request.changeSetName,
      ChangeSetType,
      Description: "Made by aloft deploy",
      ...("url" in template ? { TemplateURL: template.url } : { TemplateBody: template.body }),
      Parameters: stackParameters(request.parameterNames, request.parameters, existing),
      Capabilities: request.capabilities,
      ...(request.roleArn === undefined ? {} : { RoleARN: request.roleArn }),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  while (true) {
    const made = await describeWhole(clients, Id ?? request.changeSetName);
    if (made.Status === "CREATE_COMPLETE" || made.Status === "FAILED") return made;
    await pause(clients.pollMs);
  }
};

/** With the changes of every page. */
const describeWhole = async ({ cloudformation }: Clients, ChangeSetName: string) => {
  const first = await cloudformation.send(new DescribeChangeSetCommand({ ChangeSetName }));
  const changes = [...(first.Changes ?? [])];
  for (let token = first.NextToken; token !== undefined; ) {
    const page = await cloudformation.send(new DescribeChangeSetCommand({ ChangeSetName, NextToken: token }));
    changes.push(...(page.Changes ?? []));
    token = page.NextToken;
  }
  return { ...first, Changes: changes };
};

/** What was found against a change set, whose own reason says only that something was. */
const causesOf = async ({ cloudformation }: Clients, ChangeSetName: string): Promise<string> => {
  const asked = new DescribeEventsCommand({ ChangeSetName, Filters: { FailedEvents: true } });
  const { OperationEvents = [] } = await cloudformation.send(asked).catch((error: unknown) => {
    // Who may not look has the reason alone.
    if (error instanceof CloudFormationServiceException) return { OperationEvents: [] };
    throw error;
  });
  return OperationEvents.filter(({ EventType }) => EventType === "VALIDATION_ERROR")
    .map((event) => `${event.LogicalResourceId} (${event.ResourceType}): ${event.ValidationStatusReason} `)
    .join("");
};

const changesOf = ({ Changes = [] }: DescribeChangeSetCommandOutput): readonly PlannedChange[] =>
  Changes.flatMap(({ ResourceChange }) =>
    ResourceChange
      ? [
          {
            action: ResourceChange.Action ?? "",
            logicalId: ResourceChange.LogicalResourceId ?? "",
            type: ResourceChange.ResourceType ?? "",
            ...(ResourceChange.Replacement === undefined ? {} : { replacement: ResourceChange.Replacement }),
          },
        ]
      : [],
  );

const changeText = ({ action, logicalId, type, replacement }: PlannedChange): string =>
  `${action} ${logicalId} (${type})${replacement === "True" ? ", replaced" : replacement === "Conditional" ? ", perhaps replaced" : ""}`;

const execute = async (
  clients: Clients,
  { stackName, disableRollback }: ChangeSetRequest,
  changeSetId: string,
  tell: Tell,
): Promise<Stack> => {
  const seen = await lastEventId(clients, stackName);
  try {
    await clients.cloudformation.send(
      new ExecuteChangeSetCommand({
        ChangeSetName: changeSetId,
        ...(disableRollback ? { DisableRollback: true } : {}),
      }),
    );
  } catch (error) {
    if (!(error instanceof CloudFormationServiceException)) throw error;
    throw new LaunchFailed(`The change set of ${stackName} cannot be executed: ${error.message}`, "aloft status");
  }
  const stack = await followStack(clients, stackName, seen, tell);
  const complete = await completeStack(clients, stackName, stack, seen);
  tell({ kind: "step", name: "stack", text: `${stackName} is ${complete.StackStatus}` });
  return complete;
};
