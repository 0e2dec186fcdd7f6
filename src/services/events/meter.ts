import { createMeter, type Meter, type MeterPlace } from "../../kernel/meter.ts";
import { DEFAULT_BUS } from "./records.ts";

const UNITS = {
  MatchedEvents: "Count",
  TriggeredRules: "Count",
  Invocations: "Count",
  InvocationAttempts: "Count",
  SuccessfulInvocationAttempts: "Count",
  RetryInvocationAttempts: "Count",
  FailedInvocations: "Count",
  InvocationsSentToDlq: "Count",
  InvocationsFailedToBeSentToDlq: "Count",
} as const;

/** Counts what happens to a rule, by its ARN. */
export type RuleMeter = Meter<keyof typeof UNITS>;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
export const createRuleMeter = (place: MeterPlace): RuleMeter =>
  createMeter(place, { namespace: "AWS/Events", units: UNITS, dimensions: dimensionsOf });

/** `…:rule/NAME` on the default bus, `…:rule/BUS/NAME` on another. */
const dimensionsOf = (ruleArn: string) => {
  const [bus = DEFAULT_BUS, name = ""] = ruleArn.slice(ruleArn.indexOf("/") + 1).split(/\/(?=[^/]*$)/);
  const isDefault = name === "";
  const rule = { name: "RuleName", value: isDefault ? bus : name };
  return [isDefault ? [rule] : [{ name: "EventBusName", value: bus }, rule]];
};
