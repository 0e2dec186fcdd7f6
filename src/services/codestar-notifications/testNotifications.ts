import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "vitest";
import type { TestCloud } from "../../../test/harness.ts";
import { stackOf } from "../../../test/stackOf.ts";

/** The rule that a test is about. */
export interface TestedRule {
  readonly detailType: "BASIC" | "FULL";
  readonly eventTypes: readonly string[];
  /** The ARN of what it is on. */
  readonly resource: string;
}

/** A stack of a rule and its topic, and what a queue on the topic is told since it was last asked. */
export const launchedRule = async (cloud: TestCloud, rule: TestedRule) => {
  const stack = stackOf(cloud);
  const { status, outputs, reasons } = await stack.create(templateOf(rule));
  expect(status, reasons.join("; ")).toBe("CREATE_COMPLETE");
  const told = async () => {
    const asked = new ReceiveMessageCommand({ QueueUrl: outputs["Queue"], MaxNumberOfMessages: 10 });
    const { Messages = [] } = await cloud.client(SQSClient).send(asked);
    return Messages.map(({ Body = "" }) => JSON.parse(JSON.parse(Body).Message));
  };
  return { told, ruleArn: outputs["Rule"], stack };
};

const templateOf = ({ detailType, eventTypes, resource }: TestedRule) => ({
  Resources: {
    Topic: { Type: "AWS::SNS::Topic" },
    TopicPolicy: {
      Type: "AWS::SNS::TopicPolicy",
      Properties: {
        Topics: [{ Ref: "Topic" }],
        PolicyDocument: allow("codestar-notifications.amazonaws.com", "sns:Publish"),
      },
    },
    Queue: { Type: "AWS::SQS::Queue" },
    QueuePolicy: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: { Queues: [{ Ref: "Queue" }], PolicyDocument: allow("sns.amazonaws.com", "sqs:SendMessage") },
    },
    Subscription: {
      Type: "AWS::SNS::Subscription",
      Properties: { TopicArn: { Ref: "Topic" }, Protocol: "sqs", Endpoint: { "Fn::GetAtt": ["Queue", "Arn"] } },
    },
    Rule: {
      Type: "AWS::CodeStarNotifications::NotificationRule",
      Properties: {
        Name: "tested",
        DetailType: detailType,
        EventTypeIds: eventTypes,
        Resource: resource,
        Targets: [{ TargetType: "SNS", TargetAddress: { Ref: "Topic" } }],
      },
    },
  },
  Outputs: { Queue: { Value: { Ref: "Queue" } }, Rule: { Value: { Ref: "Rule" } } },
});

const allow = (Service: string, Action: string) => ({
  Statement: [{ Effect: "Allow", Principal: { Service }, Action, Resource: "*" }],
});
