import type { Principal } from "../../../kernel/principal.ts";
import type { EventRecord, StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { stackContext } from "./principal.ts";

/** Who hears of a stack's events, and on whose behalf; undefined when nobody does. */
export interface Audience {
  readonly topics: readonly string[];
  readonly principal: Principal;
}

/** The topics that a stack's events go to. */
export const audienceOf = ({ definition, operation, lastOperation }: StackRecord): Audience | undefined => {
  const topics = definition?.notificationArns ?? [];
  const principal = (operation ?? lastOperation)?.principal;
  return topics.length === 0 || principal === undefined ? undefined : { topics, principal };
};

/** Tells a stack's topics of an event, as whoever the stack's work is done as. */
export const notify = async (room: Room, { topics, principal }: Audience, event: EventRecord): Promise<void> => {
  for (const TopicArn of topics) {
    try {
      await stackContext(room.deps, principal).call("sns", "Publish", {
        TopicArn,
        Subject: "AWS CloudFormation Notification",
        Message: messageOf(event, principal.account),
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
