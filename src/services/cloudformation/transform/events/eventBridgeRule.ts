import { FLAG, MAP, optional, TEXT } from "../properties.ts";
import type { EventType } from "./eventSource.ts";
import { invokePermission } from "./permission.ts";
import { checkDeadLetterConfig, makeRule, ruleTarget } from "./rule.ts";

const PASSED_TO_TARGET = ["Input", "InputPath", "RetryPolicy", "InputTransformer"];

/** `EventBridgeRule` and its elder name `CloudWatchEvent`: events that match a pattern invoke the function. */
export const eventBridgeRule: EventType = {
  properties: {
    EventBusName: optional(TEXT),
    RuleName: optional(TEXT),
    Pattern: optional(MAP),
    DeadLetterConfig: optional(MAP),
    RetryPolicy: optional(MAP),
    Input: optional(TEXT),
    InputPath: optional(TEXT),
    Target: optional(MAP),
    Enabled: optional(FLAG),
    State: optional(TEXT),
    InputTransformer: optional(MAP),
  },
  generate: (source, target) => {
    const { properties } = source;
    // AWS: of a pattern's faults the queue's come before the state's; of a schedule's after.
    checkDeadLetterConfig(source);
    const { rule, arn, deadLetter } = makeRule(source, target, {
      EventBusName: properties.get("EventBusName"),
      EventPattern: properties.get("Pattern"),
      Name: properties.get("RuleName"),
    });
    rule.set("Targets", [ruleTarget(source, target, "LambdaTarget", deadLetter, PASSED_TO_TARGET)]);
    const permission = invokePermission(source, target, { principal: "events.amazonaws.com", sourceArn: arn });
    return [...(deadLetter?.resources ?? []), rule, permission];
  },
};
