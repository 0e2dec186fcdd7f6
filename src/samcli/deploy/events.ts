import type { Sdk } from "../../awscli/clients.ts";
import type { Io } from "../../awscli/io.ts";
import { listOf } from "../../awscli/s3/listing.ts";
import { openTable } from "./table.ts";

export type StackEvent = Readonly<Record<string, unknown>>;

/** The newest event of a stack, after which a following begins. */
export const lastEventId = async (sdk: Pick<Sdk, "send">, StackName: string): Promise<unknown> => {
  const { StackEvents } = await sdk.send("DescribeStackEvents", { StackName });
  return listOf(StackEvents)[0]?.["EventId"];
};

/** Shows each event of a stack from one on until the stack is done; gives them all, the oldest first. */
export const followEvents = async (
  sdk: Pick<Sdk, "send">,
  stackId: string,
  since: unknown,
  io: Io,
): Promise<readonly StackEvent[]> => {
  const table = openTable(
    `\nCloudFormation events from stack operations (refresh every ${POLL_MS / 1000} seconds)`,
    ["ResourceStatus", "ResourceType", "LogicalResourceId", "ResourceStatusReason"],
    io.out,
  );
  const seen: StackEvent[] = [];
  for (;;) {
    const fresh = await eventsAfter(sdk, stackId, seen.at(-1)?.["EventId"] ?? since);
    for (const event of fresh) {
      table.row([
        String(event["ResourceStatus"]),
        String(event["ResourceType"]),
        String(event["LogicalResourceId"]),
        String(event["ResourceStatusReason"] ?? "-"),
      ]);
    }
    seen.push(...fresh);
    if (fresh.some((event) => isEnd(event))) break;
    await io.sleep(POLL_MS);
  }
  table.end();
  return seen;
};

const POLL_MS = 500;

const eventsAfter = async (sdk: Pick<Sdk, "send">, StackName: string, since: unknown): Promise<StackEvent[]> => {
  const found: StackEvent[] = [];
  for (let NextToken: unknown; ; ) {
    const page = await sdk.send("DescribeStackEvents", { StackName, NextToken });
    for (const event of listOf(page["StackEvents"])) {
      if (event["EventId"] === since) return found;
      found.unshift(event);
    }
    NextToken = page["NextToken"];
    if (NextToken === undefined) return found;
  }
};

const isEnd = ({ PhysicalResourceId, StackId, ResourceStatus }: StackEvent): boolean =>
  PhysicalResourceId === StackId && !String(ResourceStatus).endsWith("_IN_PROGRESS");

/** The first resource that failed of itself, and why: what a reader of a log wants to know first. */
export const rootCause = (events: readonly StackEvent[]): string | undefined => {
  const cause = events.find(
    ({ ResourceStatus, ResourceStatusReason }) =>
      String(ResourceStatus).endsWith("_FAILED") && !/cancelled/i.test(String(ResourceStatusReason)),
  );
  return cause && `${cause["LogicalResourceId"]} (${cause["ResourceType"]}): ${cause["ResourceStatusReason"]}`;
};
