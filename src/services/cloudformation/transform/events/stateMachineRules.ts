import type { CfnResource } from "../cfnResource.ts";
import { getAtt } from "../intrinsics.ts";
import { FLAG, MAP, optional, required, strict, TEXT } from "../properties.ts";
import type { Value } from "../values/value.ts";
import type { EventSource, EventTarget, EventType } from "./eventSource.ts";
import { makeRule, ruleTarget } from "./rule.ts";
import { startRole } from "./startRole.ts";

const SERVICE = "events.amazonaws.com";

/** `Schedule`: an EventBridge rule that starts the state machine at times. */
export const stateMachineSchedule: EventType = {
  properties: {
    Schedule: required(TEXT),
    Input: optional(TEXT),
    Enabled: optional(FLAG),
    State: optional(TEXT),
    Name: optional(TEXT),
    Description: optional(TEXT),
    DeadLetterConfig: optional(MAP),
    RetryPolicy: optional(MAP),
    Target: strict(MAP),
    RoleArn: strict(TEXT),
  },
  generate: (source, target) =>
    startedByRule(
      source,
      target,
      {
        ScheduleExpression: source.properties.get("Schedule"),
        Name: source.properties.get("Name"),
        Description: source.properties.get("Description"),
      },
      ["Input", "RetryPolicy"],
    ),
};

/** `EventBridgeRule` and `CloudWatchEvent`: events that match a pattern start the state machine. */
export const stateMachineRule: EventType = {
  properties: {
    EventBusName: optional(TEXT),
    RuleName: optional(TEXT),
    Pattern: optional(MAP),
    Input: optional(TEXT),
    InputPath: optional(TEXT),
    DeadLetterConfig: optional(MAP),
    RetryPolicy: optional(MAP),
    State: optional(TEXT),
    Target: strict(MAP),
    InputTransformer: optional(MAP),
  },
  generate: (source, target) =>
    startedByRule(
      source,
      target,
      {
        EventBusName: source.properties.get("EventBusName"),
        EventPattern: source.properties.get("Pattern"),
        Name: source.properties.get("RuleName"),
      },
      ["Input", "InputPath", "RetryPolicy", "InputTransformer"],
    ),
};

const startedByRule = (
  source: EventSource,
  target: EventTarget,
  properties: Record<string, Value>,
  passedToTarget: readonly string[],
): CfnResource[] => {
  const { rule, deadLetter } = makeRule(source, target, properties);
  const given = source.properties.get("RoleArn");
  const role = given === null ? startRole(source, target, SERVICE) : undefined;
  const entry = ruleTarget(source, target, "StepFunctionsTarget", deadLetter, passedToTarget);
  entry.set("RoleArn", role ? getAtt(role.logicalId, "Arn") : given);
  rule.set("Targets", [entry]);
  return [rule, ...(role ? [role] : []), ...(deadLetter?.resources ?? [])];
};
