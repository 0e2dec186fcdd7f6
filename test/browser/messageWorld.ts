import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from "@aws-sdk/client-cloudformation";
import { LambdaClient, PublishLayerVersionCommand } from "@aws-sdk/client-lambda";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { Cloud } from "../../src/index.ts";

/** An application of queues, topics, rules, schedules, alarms, keys and a workflow. */
const SHOP = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Dead: { Type: AWS::SQS::Queue, Properties: { QueueName: orders-dead } }
  Orders:
    Type: AWS::SQS::Queue
    Properties: { QueueName: orders, RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5 } }
  Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: jobs } }
  News:
    Type: AWS::SNS::Topic
    Properties: { TopicName: news, Subscription: [{ Protocol: sqs, Endpoint: !GetAtt Orders.Arn }] }
  MayTell:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders]
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Orders.Arn }]
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: worker
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: "exports.handler = async () => ({ charged: true });"
      Events:
        Jobs: { Type: SQS, Properties: { Queue: !GetAtt Jobs.Arn } }
        Ordered: { Type: EventBridgeRule, Properties: { EventBusName: !Ref Bus, RuleName: ordered, Pattern: { source: [shop] } } }
        Nightly: { Type: ScheduleV2, Properties: { Name: nightly, ScheduleExpression: rate(1 day) } }
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: errors
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [{ Name: FunctionName, Value: !Ref Worker }]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: [!Ref News]
  Key:
    Type: AWS::KMS::Key
    Properties:
      Description: for orders
      KeyPolicy:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::\${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }]
  Checkout:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: checkout
      Definition: { StartAt: Charge, States: { Charge: { Type: Task, Resource: !GetAtt Worker.Arn, End: true } } }
      Policies: [{ LambdaInvokePolicy: { FunctionName: !Ref Worker } }]
`;

/** Launches it, with a secret parameter and a layer, which no template makes from nothing. */
export const launchShop = async (cloud: Cloud): Promise<void> => {
  const stacks = new CloudFormationClient(cloud.clientConfig());
  const StackName = "shop";
  const Capabilities = ["CAPABILITY_IAM" as const, "CAPABILITY_AUTO_EXPAND" as const];
  await stacks.send(new CreateStackCommand({ StackName, TemplateBody: SHOP, Capabilities }));
  await waitUntilStackCreateComplete({ client: stacks, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName });
  const secret = { Name: "/shop/token", Type: "SecureString" as const, Value: "blue" };
  await new SSMClient(cloud.clientConfig()).send(new PutParameterCommand(secret));
  const ZipFile = Buffer.from("504b0506000000000000000000000000000000000000", "hex");
  await new LambdaClient(cloud.clientConfig()).send(
    new PublishLayerVersionCommand({ LayerName: "helpers", Content: { ZipFile } }),
  );
};
