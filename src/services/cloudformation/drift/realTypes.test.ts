import {
  CreateChangeSetCommand,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStackResourcesCommand,
  DetectStackDriftCommand,
  ExecuteChangeSetCommand,
} from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { LambdaClient, RemovePermissionCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
} from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stacksOf } from "../../../../test/queueCloud.ts";

const TAGS = "Tags: [{Key: team, Value: blue}]";
const TRUST =
  "{Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com]}, Action: sts:AssumeRole}]}";
const policy = (action: string, more = "") =>
  `{Version: '2012-10-17', Statement: [{Effect: Allow, Action: '${action}', Resource: '*'${more}}]}`;

/** Every type of a serverless application, with its defaults left out and most of its settings made. */
const TEMPLATE = `Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: at, AttributeType: N}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
      GlobalSecondaryIndexes:
        - {IndexName: byTime, KeySchema: [{AttributeName: at, KeyType: HASH}], Projection: {ProjectionType: ALL}}
      StreamSpecification: {StreamViewType: NEW_IMAGE}
      SSESpecification: {SSEEnabled: true, KMSMasterKeyId: !Ref Key}
      TimeToLiveSpecification: {Enabled: true, AttributeName: gone}
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
      ${TAGS}
  Plain:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}
      TimeToLiveSpecification: {Enabled: false, AttributeName: gone}
      SSESpecification: {SSEEnabled: false}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Code: {ZipFile: 'exports.handler = async () => 1'}
      Handler: index.handler
      Runtime: nodejs22.x
      Role: !GetAtt Role.Arn
      Timeout: 7
      Environment: {Variables: {STAGE: test, COUNT: 3}}
      TracingConfig: {Mode: Active}
      DeadLetterConfig: {TargetArn: !GetAtt Queue.Arn}
      ReservedConcurrentExecutions: 2
      ${TAGS}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Function, Description: first}}
  Alias:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref Function, Name: live, FunctionVersion: !GetAtt Version.Version}
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !GetAtt Function.Arn
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: !Ref Topic
  Account:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Alias, Action: lambda:InvokeFunction, Principal: !Ref AWS::AccountId}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Function
      EventSourceArn: !GetAtt Queue.Arn
      BatchSize: 5
      FunctionResponseTypes: [ReportBatchItemFailures]
  Url:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !GetAtt Function.Arn, AuthType: NONE, Cors: {AllowOrigins: ['*'], MaxAge: 5}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${TRUST}
      Policies: [{PolicyName: inner, PolicyDocument: ${policy("sqs:*")}}]
      ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]
      ${TAGS}
  Other: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: ${TRUST}}}
  Managed:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: ${policy("s3:GetObject")}, Roles: [!Ref Other], Description: reads}
  User: {Type: AWS::IAM::User, Properties: {UserName: someone, Path: /people/, ${TAGS}}}
  Inline:
    Type: AWS::IAM::Policy
    Properties: {PolicyName: extra, PolicyDocument: ${policy("sns:Publish")}, Roles: [!Ref Other], Users: [!Ref User]}
  Dead: {Type: AWS::SQS::Queue}
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
      ${TAGS}
  Fifo: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, ContentBasedDeduplication: true}}
  Topic:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: News, Subscription: [{Protocol: sqs, Endpoint: !GetAtt Dead.Arn}], ${TAGS}}
  Subscription:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref Topic
      Protocol: sqs
      Endpoint: !GetAtt Queue.Arn
      RawMessageDelivery: true
      FilterPolicy: {kind: [a, b]}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /demo, RetentionInDays: 7, ${TAGS}}}
  Parameter:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: v, Description: d, AllowedPattern: '.*', Tags: {team: blue}}
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: {Description: d, KmsKeyId: alias/demo, GenerateSecretString: {PasswordLength: 20}, ${TAGS}}
    DependsOn: KeyAlias
  Key:
    Type: AWS::KMS::Key
    Properties:
      Description: demo
      EnableKeyRotation: true
      PendingWindowInDays: 7
      KeyPolicy: ${policy("kms:*", ", Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}")}
      ${TAGS}
  KeyAlias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/demo, TargetKeyId: !Ref Key}}
`;

const deployed = async () => {
  const cloud = await testCloud();
  const stacks = stacksOf(cloud);
  await stacks.create("demo", TEMPLATE, {
    Tags: [{ Key: "cost", Value: "centre" }],
    Capabilities: ["CAPABILITY_NAMED_IAM"],
  });
  const { StackResources = [] } = await stacks.cfn.send(new DescribeStackResourcesCommand({ StackName: "demo" }));
  const ids = new Map(StackResources.map((each) => [each.LogicalResourceId, each.PhysicalResourceId ?? ""]));
  return {
    cloud,
    stacks,
    idOf: (logicalId: string) => ids.get(logicalId) ?? "",
    drifts: async () => {
      const { StackDriftDetectionId } = await stacks.cfn.send(new DetectStackDriftCommand({ StackName: "demo" }));
      await cloud.tasks.idle();
      const status = await stacks.cfn.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
      expect(status.DetectionStatusReason).toBeUndefined();
      const { StackResourceDrifts = [] } = await stacks.cfn.send(
        new DescribeStackResourceDriftsCommand({ StackName: "demo", MaxResults: 100 }),
      );
      return StackResourceDrifts.map((drift) => ({
        id: drift.LogicalResourceId,
        status: drift.StackResourceDriftStatus,
        differences: (drift.PropertyDifferences ?? []).map((each) =>
          [each.DifferenceType, each.PropertyPath, each.ExpectedValue, each.ActualValue].join(" "),
        ),
      }));
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
};

describe("drift of what an application is made of", () => {
  it("finds everything in sync, then says what was changed behind the stack's back", async () => {
    await using fake = await deployed();
    const events = await fake.stacks.events("demo");
    expect(events.filter((event) => event.includes("FAILED"))).toEqual([]);
    const before = await fake.drifts();
    expect(before.filter(({ status }) => status !== "IN_SYNC")).toEqual([]);
    expect(before.map(({ id }) => id).sort()).toEqual(
      [...TEMPLATE.matchAll(/^ {2}(\w+):/gm)].map(([, id]) => id).sort(),
    );

    const lambda = fake.cloud.client(LambdaClient);
    const FunctionName = fake.idOf("Function");
    const Variables = { STAGE: "prod", ADDED: "yes" };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: fake.idOf("Permission") }));
    const sqs = fake.cloud.client(SQSClient);
    const QueueUrl = fake.idOf("Queue");
    await sqs.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: "61", RedrivePolicy: "" } }),
    );
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { more: "tags" } }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl: fake.idOf("Fifo") }));
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Deny", Action: "*", Resource: "*" } });
    await fake.cloud
      .client(IAMClient)
      .send(new PutUserPolicyCommand({ UserName: "someone", PolicyName: "extra", PolicyDocument }));

    const dead = `{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:${fake.idOf("Dead").split("/").at(-1)}","maxReceiveCount":3}`;
    expect((await fake.drifts()).filter(({ status }) => status !== "IN_SYNC")).toEqual([
      { id: "Fifo", status: "DELETED", differences: [] },
      {
        id: "Function",
        status: "MODIFIED",
        differences: [
          "NOT_EQUAL /Environment/Variables/STAGE test prod",
          "REMOVE /Environment/Variables/COUNT 3 null",
          "ADD /Environment/Variables/ADDED null yes",
        ],
      },
      expect.objectContaining({ id: "Inline", status: "MODIFIED" }),
      { id: "Permission", status: "DELETED", differences: [] },
      {
        id: "Queue",
        status: "MODIFIED",
        differences: [
          "NOT_EQUAL /VisibilityTimeout 60 61",
          `REMOVE /RedrivePolicy ${dead} null`,
          'ADD /Tags/2 null {"Key":"more","Value":"tags"}',
        ],
      },
    ]);
  });

  it("takes over what is there already", async () => {
    await using cloud = await testCloud();
    const stacks = stacksOf(cloud);
    const { QueueUrl = "" } = await cloud.client(SQSClient).send(new CreateQueueCommand({ QueueName: "mine" }));
    await cloud.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName: "/mine" }));
    await cloud.client(DynamoDBClient).send(
      new CreateTableCommand({
        TableName: "mine",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
    const table = `AttributeDefinitions: [{AttributeName: id, AttributeType: S}], KeySchema: [{AttributeName: id, KeyType: HASH}]`;
    const TemplateBody = `Resources:
  Q: {Type: AWS::SQS::Queue, DeletionPolicy: Retain, Properties: {QueueName: mine}}
  L: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, Properties: {LogGroupName: /mine}}
  T: {Type: AWS::DynamoDB::Table, DeletionPolicy: Retain, Properties: {TableName: mine, BillingMode: PAY_PER_REQUEST, ${table}}}
`;
    const named = { StackName: "taken", ChangeSetName: "import" };
    await stacks.cfn.send(
      new CreateChangeSetCommand({
        ...named,
        TemplateBody,
        ChangeSetType: "IMPORT",
        ResourcesToImport: [
          { ResourceType: "AWS::SQS::Queue", LogicalResourceId: "Q", ResourceIdentifier: { QueueUrl } },
          {
            ResourceType: "AWS::Logs::LogGroup",
            LogicalResourceId: "L",
            ResourceIdentifier: { LogGroupName: "/mine" },
          },
          { ResourceType: "AWS::DynamoDB::Table", LogicalResourceId: "T", ResourceIdentifier: { TableName: "mine" } },
        ],
      }),
    );
    await stacks.cfn.send(new ExecuteChangeSetCommand(named));
    await cloud.tasks.idle();
    expect((await stacks.stack("taken"))?.StackStatus).toBe("IMPORT_COMPLETE");
    const { StackResources = [] } = await stacks.cfn.send(new DescribeStackResourcesCommand({ StackName: "taken" }));
    const ids = StackResources.map((each) => [each.LogicalResourceId, each.PhysicalResourceId]);
    expect(new Map(ids.map(([key, id]) => [key, id]))).toEqual(
      new Map([
        ["Q", QueueUrl],
        ["L", "/mine"],
        ["T", "mine"],
      ]),
    );
  });
});
