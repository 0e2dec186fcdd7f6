import { describe, expect, test } from "vitest";
import { problemsOf, transformResourcesText } from "../testTransform.ts";

const withEvent = (event: string, rest = ""): string => `
  F:
    Type: AWS::Serverless::Function
    Properties: { Runtime: a, Handler: b, InlineCode: c, Events: { E: ${event} } }
${rest}`;

describe("events of functions", () => {
  test("refuses a logical id for a queue policy that is no text", () => {
    const queue = "{ QueueArn: arn:q, QueueUrl: url, QueuePolicyLogicalId: { Ref: X } }";
    const event = `{ Type: SNS, Properties: { Topic: arn:t, SqsSubscription: ${queue} } }`;
    expect(problemsOf(withEvent(event))).toEqual([
      "Resource with id [{'Ref': 'X'}] is invalid. Logical ids must be alphanumeric.",
    ]);
  });

  test.each([
    ["{ Type: Schedule, Properties: { Schedule: rate(1 minute) } }", ["FE", "FEPermission"]],
    ["{ Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 minute) } }", ["FE", "FERole"]],
    ["{ Type: EventBridgeRule, Properties: { Pattern: { source: [x] } } }", ["FE", "FEPermission"]],
    ["{ Type: SNS, Properties: { Topic: arn:aws:sns:eu-central-1:1:t } }", ["FE", "FEPermission"]],
    ["{ Type: SQS, Properties: { Queue: arn:aws:sqs:eu-central-1:1:q } }", ["FE"]],
    ["{ Type: CloudWatchLogs, Properties: { LogGroupName: g, FilterPattern: p } }", ["FE", "FEPermission"]],
    ["{ Type: IoTRule, Properties: { Sql: s } }", ["FE", "FEPermission"]],
    ["{ Type: AlexaSkill }", ["FEPermission"]],
    [
      "{ Type: SNS, Properties: { Topic: arn:aws:sns:eu-central-1:1:t, SqsSubscription: true } }",
      ["FE", "FEEventSourceMapping", "FEQueue", "FEQueuePolicy"],
    ],
  ])("%s", (event, ids) => {
    expect(Object.keys(transformResourcesText(withEvent(event))).sort()).toEqual(["F", ...ids, "FRole"].sort());
  });

  test("polled sources come with what the role needs to poll them", () => {
    const made = transformResourcesText(
      withEvent("{ Type: DynamoDB, Properties: { Stream: arn:s, StartingPosition: LATEST, BatchSize: 5 } }"),
    );
    expect(made.FE.Properties).toEqual({
      FunctionName: { Ref: "F" },
      EventSourceArn: "arn:s",
      StartingPosition: "LATEST",
      BatchSize: 5,
    });
    expect(made.FRole.Properties.ManagedPolicyArns).toContain(
      "arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole",
    );
  });

  test("a bucket of the template is edited to notify the function", () => {
    const made = transformResourcesText(
      withEvent(
        "{ Type: S3, Properties: { Bucket: !Ref B, Events: 's3:ObjectCreated:*' } }",
        "  B: { Type: AWS::S3::Bucket }",
      ),
    );
    expect(made.B.DependsOn).toEqual(["FEPermission"]);
    expect(made.B.Properties.NotificationConfiguration.LambdaConfigurations).toEqual([
      { Function: { "Fn::GetAtt": ["F", "Arn"] }, Event: "s3:ObjectCreated:*" },
    ]);
  });

  test.each([
    ["{ Type: Telegram }", "Resource dict has missing or invalid value for key Type. Event Type is: Telegram."],
    ["{ Type: Schedule }", "Missing required property 'Schedule'."],
    [
      "{ Type: S3, Properties: { Bucket: b, Events: e } }",
      "S3 events must reference an S3 bucket in the same template.",
    ],
    ["{ Type: Api, Properties: { Path: /a } }", "Event with id [E] is invalid. Property 'Method' is required."],
    [
      "{ Type: SQS, Properties: { Queue: q, FilterCriteria: { Other: [] } } }",
      "Event with id [E] is invalid. FilterCriteria field has a wrong format",
    ],
    [
      "{ Type: Schedule, Properties: { Schedule: r, State: ENABLED, Enabled: true } }",
      "State and Enabled Properties cannot both be specified.",
    ],
    [
      "{ Type: EventBridgeRule, Properties: { Pattern: {}, State: ENABLED, Enabled: true, DeadLetterConfig: { Type: x } } }",
      "The only valid value for 'Type' property of DeadLetterConfig is 'SQS'.",
    ],
    ["{ Type: MQ, Properties: { Broker: b } }", "No SourceAccessConfigurations for Amazon MQ event provided."],
  ])("refuses %s", (event, expected) => {
    expect(problemsOf(withEvent(event))).toEqual([expect.stringContaining(expected)]);
  });
});
