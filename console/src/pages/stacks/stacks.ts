import { call, type Output } from "../../api/call.ts";
import { allPages } from "../../api/pages.ts";

export type StackSummary = NonNullable<Output<"cloudformation", "ListStacks">["StackSummaries"]>[number];
export type Stack = NonNullable<Output<"cloudformation", "DescribeStacks">["Stacks"]>[number];
export type StackEvent = NonNullable<Output<"cloudformation", "DescribeStackEvents">["StackEvents"]>[number];
export type StackResource = NonNullable<
  Output<"cloudformation", "ListStackResources">["StackResourceSummaries"]
>[number];
export type ChangeSet = Output<"cloudformation", "DescribeChangeSet">;

const next = (NextToken: string | undefined) => (NextToken ? { NextToken } : undefined);

/** The stacks that are there. */
export const stacksHere = async (): Promise<readonly StackSummary[]> => {
  const all = await allPages("cloudformation", "ListStacks", {}, ({ StackSummaries, NextToken }) => ({
    items: StackSummaries,
    next: next(NextToken),
  }));
  return all.filter(({ StackStatus }) => StackStatus !== "DELETE_COMPLETE");
};

export const stackOf = async (StackName: string): Promise<Stack | undefined> =>
  (await call("cloudformation", "DescribeStacks", { StackName })).Stacks?.[0];

export const resourcesOf = (StackName: string): Promise<readonly StackResource[]> =>
  allPages("cloudformation", "ListStackResources", { StackName }, ({ StackResourceSummaries, NextToken }) => ({
    items: StackResourceSummaries,
    next: next(NextToken),
  }));

/** Whether an event is the beginning of an operation on its stack. */
const isStart = ({ PhysicalResourceId, StackId, ResourceStatus }: StackEvent): boolean =>
  PhysicalResourceId === StackId && /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(ResourceStatus ?? "");

/** All events, the newest first, for what looks for an operation of some time ago. */
export const eventsOf = (StackName: string): Promise<readonly StackEvent[]> =>
  allPages("cloudformation", "DescribeStackEvents", { StackName }, ({ StackEvents, NextToken }) => ({
    items: StackEvents,
    next: next(NextToken),
  }));

/** The events of a stack's last operation, the newest first: what is older is not read, however much it is. */
export const lastEventsOf = async (StackName: string): Promise<readonly StackEvent[]> => {
  const events = await allPages("cloudformation", "DescribeStackEvents", { StackName }, (page) => ({
    items: page.StackEvents,
    next: page.StackEvents?.some(isStart) ? undefined : next(page.NextToken),
  }));
  const start = events.findIndex(isStart);
  return start < 0 ? events : events.slice(0, start + 1);
};
