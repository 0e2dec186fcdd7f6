import { errorCode, errorMessage } from "../../kernel/errors.ts";
import type { CloudEvent } from "../../kernel/events.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { additionalAttributes, remember } from "./additional.ts";
import { kindsOf } from "./eventTypes.ts";
import type { RuleRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Hears of the cloud's events, and tells the targets of each rule that asks for them. */
export const listen = (room: Room): void => {
  const { deps } = room;
  room.stop = deps.events.subscribe((event) => {
    if (event.account !== deps.account || event.region !== deps.region) return;
    remember(room, event);
    if (!event.source.startsWith("aws.code")) return;
    const { resource, ids } = kindsOf(event);
    for (const { value: rule } of ids.length === 0 ? [] : room.rules.range()) {
      const id = ids.find((each) => rule.eventTypeIds.includes(each));
      if (rule.enabled && rule.resource === resource && id !== undefined) tell(room, rule, event);
    }
  });
};

const messageOf = (room: Room, rule: RuleRecord, event: CloudEvent): JsonObject => ({
  account: event.account,
  detailType: event.detailType,
  region: event.region,
  source: event.source,
  time: `${new Date(event.time).toISOString().slice(0, 19)}Z`,
  notificationRuleArn: rule.arn,
  detail: event.detail,
  resources: [...event.resources],
  additionalAttributes: rule.detailType === "FULL" ? additionalAttributes(room, event) : {},
});

const tell = (room: Room, rule: RuleRecord, event: CloudEvent): void => {
  const message = JSON.stringify(messageOf(room, rule, event));
  for (const address of rule.targets) {
    room.deps.tasks.spawn(`a notification of ${rule.name}`, (signal) => publish(room, rule, address, message, signal));
  }
};

const SERVICE = "codestar-notifications.amazonaws.com";

/** Publishes as the service, which the topic's policy must let in. How it went is the target's status. */
const publish = async (
  room: Room,
  rule: RuleRecord,
  TopicArn: string,
  Message: string,
  signal: AbortSignal,
): Promise<void> => {
  const { account, contextAs } = room.deps;
  const ctx = contextAs({ kind: "service", account, service: SERVICE, sourceArn: rule.arn });
  try {
    await ctx.call("sns", "Publish", { TopicArn, Message });
    setStatus(room, TopicArn, "ACTIVE");
  } catch (error) {
    if (signal.aborted) throw error;
    setStatus(room, TopicArn, "UNREACHABLE");
    const said = `${errorCode(error)}: ${errorMessage(error)}`;
    process.stderr.write(`aloft: the notification rule ${rule.name} could not reach ${TopicArn}: ${said}\n`);
  }
};

const setStatus = ({ targets }: Room, address: string, status: "ACTIVE" | "UNREACHABLE"): void => {
  const known = targets.get(address);
  if (known && known.status !== status) targets.put(address, { address, status });
};
