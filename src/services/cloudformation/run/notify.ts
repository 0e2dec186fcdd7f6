import type { EventRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { stackContext } from "./principal.ts";

/** Tells a stack's topics of an event, as whoever the stack's work is done as. */
export const notify = async (room: Room, event: EventRecord): Promise<void> => {
  const stack = room.tables.stacks.get(event.stackId);
  const operation = stack?.operation ?? stack?.lastOperation;
  const topics = stack?.definition?.notificationArns ?? [];
  if (operation === undefined) return;
  for (const TopicArn of topics) {
    try {
      await stackContext(room.deps, operation.principal).call("sns", "Publish", {
        TopicArn,
        Subject: "AWS CloudFormation Notification",
        Message: messageOf(event, operation.principal.account),
      });
    } catch {
      // AWS: a topic that cannot be told is not told; the stack goes on.
    }
  }
};

/** AWS's own form: one member a line, the value in single quotes. */
const messageOf = (event: EventRecord, account: string): string =>
  Object.entries({
    StackId: event.stackId,
    Timestamp: new Date(event.at).toISOString(),
    EventId: event.eventId,
    LogicalResourceId: event.logicalId,
    Namespace: account,
    PhysicalResourceId: event.physicalId ?? "",
    ResourceProperties: event.properties ?? "null",
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason ?? "",
    ResourceType: event.type,
    StackName: event.stackName,
    ClientRequestToken: event.clientRequestToken ?? "null",
  })
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");
