import {
  CloudFormationServiceException,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Parameter,
  type Stack,
  type StackEvent,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import type { Outline } from "./outline.ts";
import { LaunchFailed, type Tell } from "./progress.ts";
import { stackParameters } from "./stackParameters.ts";
import type { Clients } from "./target.ts";
import { pause } from "./wait.ts";

/** A stack to create, or to bring up to date. */
export interface StackRequest {
  readonly name: string;
  readonly template: string;
  readonly outline: Outline;
  /** Values given; what is not keeps the stack's value, or the template's default. */
  readonly parameters: Readonly<Record<string, string>>;
}

const DEAD_END = new Set([
  "ROLLBACK_COMPLETE",
  "ROLLBACK_FAILED",
  "CREATE_FAILED",
  "DELETE_FAILED",
  "UPDATE_ROLLBACK_FAILED",
]);
const CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"] as const;

/** The stack, or undefined when there is none. */
export const findStack = async ({ cloudformation }: Clients, name: string): Promise<Stack | undefined> => {
  try {
    return (await cloudformation.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
  } catch (error) {
    if (error instanceof CloudFormationServiceException && error.message.includes("does not exist")) return undefined;
    throw error;
  }
};

/** Creates the stack or updates it, tells of each event, and answers it finished. Throws when it fails. */
export const deployStack = async (clients: Clients, request: StackRequest, tell: Tell): Promise<Stack> => {
  const existing = await findStack(clients, request.name);
  if (existing?.StackStatus && DEAD_END.has(existing.StackStatus)) {
    throw new LaunchFailed(
      `The stack ${request.name} is in ${existing.StackStatus} and cannot be updated.`,
      `aloft destroy`,
    );
  }
  if (existing?.StackStatus?.endsWith("_IN_PROGRESS")) await followStack(clients, request.name, undefined, tell);
  const seen = existing ? await lastEventId(clients, request.name) : undefined;
  const { resources, parameters } = request.outline;
  tell({ kind: "stack", name: request.name, resources });
  const names = new Set([...Object.keys(request.parameters), ...parameters.map(({ name }) => name)]);
  const values = stackParameters(names, request.parameters, existing);
  const started = await startDeployment(clients, request, values, existing !== undefined);
  if (!started) tell({ kind: "step", name: "stack", text: `${request.name} is up to date` });
  const stack = started ? await followStack(clients, request.name, seen, tell) : await findStack(clients, request.name);
  const complete = await completeStack(clients, request.name, stack, seen);
  if (started) tell({ kind: "step", name: "stack", text: `${request.name} is ${complete.StackStatus}` });
  return complete;
};

/** The stack, if it is as it should be. Throws with the first resource that failed since an event, and why. */
export const completeStack = async (
  clients: Clients,
  name: string,
  stack: Stack | undefined,
  since: string | undefined,
): Promise<Stack> => {
  if (stack && /^(CREATE|UPDATE)_COMPLETE$/.test(stack.StackStatus ?? "")) return stack;
  const events = stack ? await eventsAfter(clients, stack.StackId ?? name, since) : [];
  const cause = events.find(
    ({ ResourceStatus, ResourceStatusReason = "" }) =>
      ResourceStatus?.endsWith("_FAILED") && !/cancelled/i.test(ResourceStatusReason),
  );
  const why = cause
    ? ` ${cause.LogicalResourceId} (${cause.ResourceType}): ${cause.ResourceStatusReason ?? ""}`
    : (stack?.StackStatusReason ?? "");
  throw new LaunchFailed(
    `The stack ${name} is ${stack?.StackStatus ?? "gone"}.${why}`.trimEnd(),
    `aws cloudformation describe-stack-events --stack-name ${name}`,
  );
};

/** False when there was nothing to change. */
const startDeployment = async (
  { cloudformation }: Clients,
  request: StackRequest,
  Parameters: Parameter[],
  update: boolean,
): Promise<boolean> => {
  const input = {
    StackName: request.name,
    TemplateBody: request.template,
    Parameters,
    Capabilities: [...CAPABILITIES],
  };
  try {
    await (update
      ? cloudformation.send(new UpdateStackCommand(input))
      : cloudformation.send(new CreateStackCommand(input)));
    return true;
  } catch (error) {
    if (error instanceof CloudFormationServiceException && error.message.includes("No updates are to be performed"))
      return false;
    throw error;
  }
};

/** Tells each new event, oldest first, until the stack is no longer in progress. */
export const followStack = async (
  clients: Clients,
  name: string,
  after: string | undefined,
  tell: Tell,
): Promise<Stack | undefined> => {
  let seen = after;
  while (true) {
    const stack = await findStack(clients, name);
    for (const event of await eventsAfter(clients, stack?.StackId ?? name, seen)) {
      seen = event.EventId;
      tellEvent(event, tell);
    }
    if (!stack?.StackStatus?.endsWith("_IN_PROGRESS")) return stack;
    await pause(clients.pollMs);
  }
};

const tellEvent = (event: StackEvent, tell: Tell): void =>
  tell({
    kind: "resource",
    logicalId: event.LogicalResourceId ?? "",
    type: event.ResourceType ?? "",
    status: event.ResourceStatus ?? "",
    reason: event.ResourceStatusReason,
  });

const eventsAfter = async (
  { cloudformation }: Clients,
  name: string,
  after: string | undefined,
): Promise<StackEvent[]> => {
  const events: StackEvent[] = [];
  let token: string | undefined;
  do {
    const page = await cloudformation.send(
      new DescribeStackEventsCommand({ StackName: name, ...(token ? { NextToken: token } : {}) }),
    );
    for (const event of page.StackEvents ?? []) {
      if (event.EventId === after) return events.reverse();
      events.push(event);
    }
    token = page.NextToken;
  } while (token);
  return events.reverse();
};

/** The newest event of a stack: what comes after it belongs to what is done next. */
export const lastEventId = async ({ cloudformation }: Clients, name: string): Promise<string | undefined> =>
  (await cloudformation.send(new DescribeStackEventsCommand({ StackName: name }))).StackEvents?.[0]?.EventId;

/** Deletes the stack and waits for its end. True when there was one. */
export const deleteStack = async (clients: Clients, name: string, tell: Tell): Promise<boolean> => {
  const stack = await findStack(clients, name);
  if (!stack?.StackId) return false;
  const seen = await lastEventId(clients, name);
  await clients.cloudformation.send(new DeleteStackCommand({ StackName: name }));
  // By its id: a deleted stack's name is nobody's.
  const end = await followStack(clients, stack.StackId, seen, tell);
  if (end && end.StackStatus !== "DELETE_COMPLETE") {
    throw new LaunchFailed(`The stack ${name} is ${end.StackStatus}: ${end.StackStatusReason ?? ""}`, "aloft status");
  }
  return true;
};

/** An output's value. */
export const outputOf = (stack: Stack | undefined, key: string): string | undefined =>
  stack?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;

/** The output that holds the reference application's address. */
export const REFERENCE_API = "GetDataApi";

/** An application's front door: which output says it, and where it is. */
export interface Front {
  readonly name: string;
  readonly url: string;
}

/** The reference's output, or else the first that is an address of the web; a queue's is one, and no page. */
export const frontOf = (application: Stack | undefined): Front | undefined => {
  const reference = outputOf(application, REFERENCE_API);
  if (reference !== undefined) return { name: REFERENCE_API, url: reference };
  const found = application?.Outputs?.find(
    ({ OutputValue = "" }) => /^https?:\/\//.test(OutputValue) && !QUEUE_URL.test(OutputValue),
  );
  return found && { name: found.OutputKey ?? "", url: found.OutputValue ?? "" };
};

const QUEUE_URL = /^https?:\/\/[^/]+\/\d{12}\/[\w-]+(\.fifo)?$/;
