import { errorCode, errorMessage } from "../../kernel/errors.ts";
import type { CloudEvent } from "../../kernel/events.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { kindsOf } from "./eventTypes.ts";
import { MAX_REMEMBERED_EXECUTIONS } from "./limits.ts";
import type { RuleRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Hears of the cloud's events, and tells the targets of each rule that asks for them. */
export const listen = (room: Room): void => {
  const { deps } = room;
  room.stop = deps.events.subscribe((event) => {
    if (event.account !== deps.account || event.region !== deps.region || !event.source.startsWith("aws.code")) return;
    noteFailure(room, event);
    const { resource, ids } = kindsOf(event);
    for (const { value: rule } of ids.length === 0 ? [] : room.rules.range()) {
      const id = ids.find((each) => rule.eventTypeIds.includes(each));
      if (rule.enabled && rule.resource === resource && id !== undefined) tell(room, rule, event);
    }
  });
};

const executionOf = ({ detail }: CloudEvent): string => String(detail["execution-id"] ?? "");

/** AWS: the message of a failed execution names what failed in it. */
const noteFailure = ({ failures }: Room, event: CloudEvent): void => {
  const { detailType, detail } = event;
  if (detailType !== "CodePipeline Action Execution State Change" || detail["state"] !== "FAILED") return;
  const failed = {
    action: detail["action"] ?? "",
    stage: detail["stage"] ?? "",
    additionalInformation: summaryOf(event),
  };
  failures.set(executionOf(event), [...(failures.get(executionOf(event)) ?? []), failed]);
  const [oldest] = failures.keys();
  if (failures.size > MAX_REMEMBERED_EXECUTIONS && oldest !== undefined) failures.delete(oldest);
};

/** What an action says of its failure. */
const summaryOf = ({ detail }: CloudEvent): JsonValue => {
  const result = detail["execution-result"];
  return isJsonObject(result) ? (result["external-execution-summary"] ?? "") : "";
};

/** What FULL adds to an event. https://docs.aws.amazon.com/dtconsole/latest/userguide/concepts.html */
const additionalAttributes = ({ failures }: Room, event: CloudEvent): JsonObject => {
  const { detailType, detail } = event;
  if (!detailType.startsWith("CodePipeline") || detail["state"] !== "FAILED") return {};
  if (detailType.startsWith("CodePipeline Action")) return { additionalInformation: summaryOf(event) };
  const failed = failures.get(executionOf(event)) ?? [];
  const last = failed.at(-1);
  if (!last) return {};
  const failedActions = failed.map(({ action = "", additionalInformation = "" }) => ({
    action,
    additionalInformation,
  }));
  return { failedActionCount: failed.length, failedActions, failedStage: last["stage"] ?? "" };
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
