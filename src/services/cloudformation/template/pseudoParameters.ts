import type { JsonValue } from "../../../kernel/json.ts";

/** What AWS gives every template beside its own parameters. */
export interface Surroundings {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly notificationArns: readonly string[];
}

/** The value of each pseudo parameter; AWS::NoValue is no value and is not among them. */
export const pseudoParameters = (around: Surroundings): ReadonlyMap<string, JsonValue> =>
  new Map<string, JsonValue>([
    ["AWS::AccountId", around.accountId],
    ["AWS::NotificationARNs", around.notificationArns],
    ["AWS::Partition", around.partition],
    ["AWS::Region", around.region],
    ["AWS::StackId", around.stackId],
    ["AWS::StackName", around.stackName],
    ["AWS::URLSuffix", around.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"],
  ]);

/** The names a `Ref` may name without the template declaring them. */
export const PSEUDO_PARAMETERS: ReadonlySet<string> = new Set([
  "AWS::AccountId",
  "AWS::NoValue",
  "AWS::NotificationARNs",
  "AWS::Partition",
  "AWS::Region",
  "AWS::StackId",
  "AWS::StackName",
  "AWS::URLSuffix",
]);
