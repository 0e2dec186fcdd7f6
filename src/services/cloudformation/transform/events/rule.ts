import { CfnResource } from "../cfnResource.ts";
import { InvalidEvent } from "../errors.ts";
import { getAtt, ref } from "../intrinsics.ts";
import { queueAcceptsFrom } from "../policies/documents.ts";
import { Dict, isDict, literal, textOf, truthy, type Value } from "../values/value.ts";
import type { EventSource, EventTarget } from "./eventSource.ts";

const MAX_TARGET_ID_LENGTH = 64;
const RULE_SERVICE = "events.amazonaws.com";

/** The AWS::Events::Rule of an event and, where asked for, the queue for events it could not deliver. */
export interface Rule {
  readonly rule: CfnResource;
  readonly arn: Dict;
  readonly deadLetter: DeadLetterQueue | undefined;
}

export interface DeadLetterQueue {
  readonly arn: Value;
  readonly resources: CfnResource[];
}

/** Makes the rule without its target. */
export const makeRule = (source: EventSource, target: EventTarget, properties: Record<string, Value>): Rule => {
  const rule = new CfnResource("AWS::Events::Rule", source.logicalId, target.attributes, properties);
  rule.set("State", ruleState(source));
  const arn = getAtt(rule.logicalId, "Arn");
  return { rule, arn, deadLetter: deadLetterQueue(source, target.attributes, arn) };
};

const ruleState = (source: EventSource): Value => {
  const state = source.properties.get("State");
  const enabled = source.properties.get("Enabled");
  if (truthy(state) && enabled !== null) {
    throw new InvalidEvent(source.eventId, "State and Enabled Properties cannot both be specified.");
  }
  if (enabled !== null) return truthy(enabled) ? "ENABLED" : "DISABLED";
  return truthy(state) ? state : null;
};

/** The queue of DeadLetterConfig: the given one, or a new one that accepts messages from the rule. */
export const deadLetterQueue = (
  source: EventSource,
  attributes: Dict,
  ruleArn: Value | undefined,
): DeadLetterQueue | undefined => {
  checkDeadLetterConfig(source);
  const config = source.properties.get("DeadLetterConfig");
  if (!isDict(config)) return undefined;
  if (config.get("Arn") !== null) return { arn: config.get("Arn"), resources: [] };
  const queueId = config.get("QueueLogicalId");
  if (queueId !== null && textOf(queueId) === undefined) {
    throw new InvalidEvent(source.logicalId, "QueueLogicalId must be a string");
  }
  const queue = new CfnResource("AWS::SQS::Queue", textOf(queueId) || `${source.logicalId}Queue`, attributes);
  const arn = getAtt(queue.logicalId, "Arn");
  if (ruleArn === undefined) return { arn, resources: [queue] };
  const principal = Dict.plain({ Service: literal(RULE_SERVICE) });
  const policy = new CfnResource("AWS::SQS::QueuePolicy", `${source.logicalId}QueuePolicy`, attributes, {
    PolicyDocument: queueAcceptsFrom(principal, ruleArn, arn),
    Queues: [ref(queue.logicalId)],
  });
  return { arn, resources: [queue, policy] };
};

/** Throws what is wrong with an event's DeadLetterConfig. */
export const checkDeadLetterConfig = ({ logicalId, properties }: EventSource): void => {
  const config = properties.get("DeadLetterConfig");
  if (!isDict(config)) return;
  if (config.has("Arn") && config.has("Type")) {
    throw new InvalidEvent(logicalId, "You can either define 'Arn' or 'Type' property of DeadLetterConfig.");
  }
  if (config.has("Type") && textOf(config.get("Type")) !== "SQS") {
    throw new InvalidEvent(logicalId, "The only valid value for 'Type' property of DeadLetterConfig is 'SQS'.");
  }
  if (!config.has("Arn") && !config.has("Type")) {
    throw new InvalidEvent(logicalId, "No 'Arn' or 'Type' property provided for DeadLetterConfig.");
  }
};

/** The target of a rule, with whichever of the named optional properties the event gives. */
export const ruleTarget = (
  source: EventSource,
  target: EventTarget,
  idSuffix: string,
  deadLetter: DeadLetterQueue | undefined,
  optional: readonly string[],
): Dict => {
  const chosen = source.properties.get("Target");
  const id = isDict(chosen) && chosen.has("Id") ? chosen.get("Id") : targetId(source.logicalId, idSuffix);
  const entry = Dict.plain({ Arn: target.arn, Id: id });
  for (const name of optional) {
    if (source.properties.get(name) !== null) entry.set(name, source.properties.get(name));
  }
  if (deadLetter) entry.set("DeadLetterConfig", Dict.plain({ Arn: deadLetter.arn }));
  return entry;
};

const targetId = (logicalId: string, suffix: string): string =>
  logicalId.slice(0, MAX_TARGET_ID_LENGTH - suffix.length) + suffix;
