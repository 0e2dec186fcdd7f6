import type * as sdk from "@aws-sdk/client-cloudformation";
import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import type { OutputOf } from "../../../kernel/aws.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { rootOf } from "../../../kernel/principal.ts";
import type { Job } from "./provider.ts";
import { waitFor } from "./waiting.ts";

export type Stack = NonNullable<OutputOf<typeof sdk, "DescribeStacks">["Stacks"]>[number];
export type StackOutputs = Readonly<Record<string, string>>;

/** The stack of that name or id, or undefined when there is none. */
export const findStack = async ({ ctx }: Job, name: string): Promise<Stack | undefined> => {
  try {
    const { Stacks } = await ctx.call("cloudformation", "DescribeStacks", { StackName: name });
    return Stacks?.[0];
  } catch (error) {
    if (/does not exist/.test(errorMessage(error))) return undefined;
    throw error;
  }
};

export const outputsOf = (stack: Stack | undefined): StackOutputs =>
  Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]));

/** Waits for a stack's operation to end, and throws when it did not end well. */
export const settled = async (job: Job, name: string): Promise<Stack | undefined> => {
  const look = async () => {
    const stack = await findStack(job, name);
    if (stack?.StackStatus?.endsWith("_IN_PROGRESS") && stack.StackStatus !== "REVIEW_IN_PROGRESS") return undefined;
    return { stack };
  };
  const { stack } = await waitFor(job.room, "aws.cloudformation", look, job.signal);
  if (!stack || GOOD.has(stack.StackStatus ?? "")) return stack;
  throw new ActionFailure("JobFailed", await stackFailure(job, stack));
};

const GOOD: ReadonlySet<string> = new Set(["CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE", "DELETE_COMPLETE"]);

/** The first thing that went wrong, before what followed from it; read by the service, whatever the role may see. */
const stackFailure = async (
  { room }: Job,
  { StackId, StackName, StackStatus, StackStatusReason }: Stack,
): Promise<string> => {
  const self = room.deps.contextAs(rootOf(room.deps.account, room.deps.partition));
  const { StackEvents = [] } = await self.call("cloudformation", "DescribeStackEvents", { StackName: StackId });
  const begun = StackEvents.findIndex(
    ({ PhysicalResourceId, ResourceStatus }) =>
      PhysicalResourceId === StackId && /^(CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(ResourceStatus ?? ""),
  );
  const failed = StackEvents.slice(0, begun < 0 ? undefined : begun)
    .reverse()
    .find(
      ({ ResourceStatus, PhysicalResourceId }) =>
        /_FAILED$/.test(ResourceStatus ?? "") && PhysicalResourceId !== StackId,
    );
  const cause = failed
    ? sentence(`${failed.LogicalResourceId} (${failed.ResourceType}): ${failed.ResourceStatusReason}`)
    : StackStatusReason
      ? sentence(StackStatusReason)
      : "";
  return `${cause}The stack ${StackName} is in the state ${StackStatus}.`;
};

/** Reasons come with a full stop or without one. */
const sentence = (text: string): string => `${text.replace(/\.+$/, "")}. `;
