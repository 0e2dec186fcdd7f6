import { FLAG, MAP, optional, required, TEXT } from "../properties.ts";
import type { EventType } from "./eventSource.ts";
import { invokePermission } from "./permission.ts";
import { makeRule, ruleTarget } from "./rule.ts";

/** `Schedule`: an EventBridge rule that invokes the function at times. */
export const schedule: EventType = {
  properties: {
    Schedule: required(TEXT),
    RuleName: optional(TEXT),
    Input: optional(TEXT),
    Enabled: optional(FLAG),
    State: optional(TEXT),
    Name: optional(TEXT),
    Description: optional(TEXT),
    DeadLetterConfig: optional(MAP),
    RetryPolicy: optional(MAP),
  },
  generate: (source, target) => {
    const { properties } = source;
    const { rule, arn, deadLetter } = makeRule(source, target, {
      ScheduleExpression: properties.get("Schedule"),
      Name: properties.get("Name"),
      Description: properties.get("Description"),
    });
    rule.set("Targets", [ruleTarget(source, target, "LambdaTarget", deadLetter, ["Input", "RetryPolicy"])]);
    const permission = invokePermission(source, target, { principal: "events.amazonaws.com", sourceArn: arn });
    return [rule, ...(deadLetter?.resources ?? []), permission];
  },
};
