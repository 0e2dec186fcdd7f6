import { FEEDBACK_ATTRIBUTES } from "./feedback.ts";
import type { TopicRecord } from "./records.ts";

/** The policy a topic has until it is given another: its owner may do everything. */
export const defaultPolicy = (arn: string, account: string): string =>
  JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": account } },
      },
    ],
  });

/** A topic's policy as it counts now. */
export const policyOf = (topic: TopicRecord, account: string): string =>
  topic.attributes["Policy"] ?? defaultPolicy(topic.arn, account);

/** The attributes a caller may set, and how GetTopicAttributes names them. */
export const TOPIC_ATTRIBUTES: ReadonlySet<string> = new Set([
  "Policy",
  "DisplayName",
  "DeliveryPolicy",
  "KmsMasterKeyId",
  "SignatureVersion",
  "TracingConfig",
  "ContentBasedDeduplication",
  "FifoThroughputScope",
  "ArchivePolicy",
  "DataProtectionPolicy",
  ...FEEDBACK_ATTRIBUTES,
]);
