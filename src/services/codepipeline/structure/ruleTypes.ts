import type { Bounds } from "../records.ts";

/** What AWS asks of a rule of one type. */
export interface RuleTypeRule {
  readonly provider: string;
  readonly inputs: Bounds;
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const none: Bounds = { min: 0, max: 0 };

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference.html */
export const RULE_TYPES: readonly RuleTypeRule[] = [
  { provider: "CloudWatchAlarm", inputs: none, required: ["AlarmName"], optional: ["AlarmStates", "WaitTime"] },
  {
    provider: "CodeBuild",
    inputs: { min: 1, max: 5 },
    required: ["ProjectName"],
    optional: ["PrimarySource", "BatchEnabled", "CombineArtifacts", "EnvironmentVariables"],
  },
  { provider: "Commands", inputs: { min: 0, max: 10 }, required: [], optional: [] },
  { provider: "DeploymentWindow", inputs: none, required: ["Cron"], optional: ["TimeZone"] },
  { provider: "LambdaInvoke", inputs: { min: 0, max: 5 }, required: ["FunctionName"], optional: ["UserParameters"] },
  { provider: "VariableCheck", inputs: none, required: ["Operator", "Value", "Variable"], optional: [] },
];
