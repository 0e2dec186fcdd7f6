import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { errorCode } from "../../../kernel/errors.ts";
import { rootOf } from "../../../kernel/principal.ts";
import { ownContext } from "../roles.ts";
import type { Job } from "./provider.ts";
import { stackWanted } from "./stackRequest.ts";
import { findStack, outputsOf, type StackOutputs, settled } from "./stackState.ts";
import { waitFor } from "./waiting.ts";

/**
 * Differs: one that has no changes is put aside without asking the role. Where code is packaged anew at each build, as with
 * AWS's own command, there is none such, and a role that does without the permission there does so here.
 */
const isEmpty = ({ Status, StatusReason = "" }: { Status?: string | undefined; StatusReason?: string | undefined }) =>
  Status === "FAILED" && /didn't contain changes|No updates are to be performed/.test(StatusReason);

/** AWS: makes the change set, and takes the place of one of that name. A change set without changes is a success. */
export const replaceChangeSet = async (job: Job): Promise<StackOutputs> => {
  const { ctx, configuration, room, signal } = job;
  const { StackName = "", ChangeSetName = "" } = configuration;
  const names = { StackName, ChangeSetName };
  const { request, policy: StackPolicyBody } = await stackWanted(job);
  const stack = await findStack(job, StackName);
  const isNew = stack === undefined || stack.StackStatus === "REVIEW_IN_PROGRESS";
  // Only one that stands in the way is deleted: a role need not have the permission before that. One that has been executed,
  // well or not, does not: its name is free again.
  const before = stack && (await describe(job, names));
  if (before && !/^EXECUTE_(?:COMPLETE|FAILED)$/.test(before.ExecutionStatus ?? ""))
    await (isEmpty(before) ? ownContext(room, ctx) : ctx).call("cloudformation", "DeleteChangeSet", names);
  await ctx.call("cloudformation", "CreateChangeSet", {
    ...names,
    ...request,
    ChangeSetType: isNew ? "CREATE" : "UPDATE",
  });
  // A change set brings no policy along, and a stack that is not there yet has none.
  if (StackPolicyBody !== undefined && !isNew)
    await ctx.call("cloudformation", "SetStackPolicy", { StackName, StackPolicyBody });
  const look = async () => {
    const made = await describe(job, names);
    return made?.Status === "CREATE_COMPLETE" || made?.Status === "FAILED" ? made : undefined;
  };
  const { Status, StatusReason = "", ChangeSetId = "" } = await waitFor(room, "aws.cloudformation", look, signal);
  if (Status === "FAILED" && !isEmpty({ Status, StatusReason }))
    throw new ActionFailure("JobFailed", await changeSetFailure(job, ChangeSetId, StatusReason));
  job.began(
    { id: ChangeSetId, url: changeSetUrl(job, ChangeSetId) },
    Status === "FAILED" ? StatusReason : `Change set ${ChangeSetName} was created.`,
  );
  return isNew ? {} : outputsOf(stack);
};

/** What was found against it, before what says only that something was; read by the service, whatever the role may see. */
const changeSetFailure = async ({ room }: Job, ChangeSetName: string, reason: string): Promise<string> => {
  const self = room.deps.contextAs(rootOf(room.deps.account, room.deps.partition));
  const asked = { ChangeSetName, Filters: { FailedEvents: true } };
  const { OperationEvents = [] } = await self.call("cloudformation", "DescribeEvents", asked);
  const causes = OperationEvents.filter(({ EventType }) => EventType === "VALIDATION_ERROR").map(
    ({ LogicalResourceId, ResourceType, ValidationStatusReason }) =>
      `${LogicalResourceId} (${ResourceType}): ${ValidationStatusReason} `,
  );
  return `${causes.join("")}${reason}`;
};

export const executeChangeSet = async (job: Job): Promise<StackOutputs> => {
  const { ctx, configuration, run } = job;
  const { StackName = "", ChangeSetName = "" } = configuration;
  if (!run.external) {
    const found = await describe(job, { StackName, ChangeSetName });
    if (!found) throw new ActionFailure("JobFailed", `ChangeSet [${ChangeSetName}] does not exist`);
    const id = found.StackId ?? StackName;
    if (isEmpty(found)) {
      job.began({ id }, "The change set has no changes; there is nothing to execute.");
      return outputsOf(await findStack(job, StackName));
    }
    // After a crash between this call and the next line the change set is found executed, and is waited for.
    if (found.ExecutionStatus !== "EXECUTE_COMPLETE" && found.ExecutionStatus !== "EXECUTE_IN_PROGRESS")
      await ctx.call("cloudformation", "ExecuteChangeSet", { StackName, ChangeSetName, ClientRequestToken: run.id });
    job.began({ id, url: stackUrl(job, id) });
  }
  return outputsOf(await settled(job, StackName));
};

const describe = async ({ ctx }: Job, names: { StackName: string; ChangeSetName: string }) => {
  try {
    return await ctx.call("cloudformation", "DescribeChangeSet", names);
  } catch (error) {
    // The SDK's class and the service's code of the same refusal.
    if (/ChangeSetNotFound/.test(errorCode(error))) return undefined;
    throw error;
  }
};

const stackUrl = ({ ctx }: Job, id: string): string =>
  `https://console.aws.amazon.com/cloudformation/home?region=${ctx.region}#/stack/detail?stackId=${id}`;

const changeSetUrl = ({ ctx }: Job, id: string): string =>
  `https://console.aws.amazon.com/cloudformation/home?region=${ctx.region}#/changeset/detail?changeSetId=${id}`;
