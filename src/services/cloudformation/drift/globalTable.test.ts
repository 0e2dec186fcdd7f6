import {
  CreateChangeSetCommand,
  DescribeStackResourcesCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stacksOf } from "../../../../test/queueCloud.ts";
import { deployed } from "./deployedFixture.ts";

const KEYS = `AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: kind, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]`;

const TEMPLATE = `Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: '*', Action: 'kms:*', Resource: '*'}]}}}
  OnDemand:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      TableName: on-demand
      ${KEYS}
      BillingMode: PAY_PER_REQUEST
      StreamSpecification: {StreamViewType: NEW_IMAGE}
      TimeToLiveSpecification: {Enabled: true, AttributeName: ttl}
      SSESpecification: {SSEEnabled: true, SSEType: KMS}
      WriteOnDemandThroughputSettings: {MaxWriteRequestUnits: 20}
      GlobalSecondaryIndexes:
        - IndexName: kinds
          KeySchema: [{AttributeName: kind, KeyType: HASH}]
          Projection: {ProjectionType: ALL}
          WriteOnDemandThroughputSettings: {MaxWriteRequestUnits: 10}
      Replicas:
        - Region: !Ref AWS::Region
          DeletionProtectionEnabled: true
          TableClass: STANDARD
          ContributorInsightsSpecification: {Enabled: false}
          PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
          ReadOnDemandThroughputSettings: {MaxReadRequestUnits: 20}
          SSESpecification: {KMSMasterKeyId: !GetAtt Key.Arn}
          Tags: [{Key: a, Value: b}]
          GlobalSecondaryIndexes: [{IndexName: kinds, ReadOnDemandThroughputSettings: {MaxReadRequestUnits: 10}}]
  Fixed:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      TableName: fixed
      ${KEYS.replace(", {AttributeName: kind, AttributeType: S}", "")}
      WriteProvisionedThroughputSettings: {WriteCapacityAutoScalingSettings: {MinCapacity: 1, MaxCapacity: 5, TargetTrackingScalingPolicyConfiguration: {TargetValue: 50}}}
      Replicas: [{Region: !Ref AWS::Region, ReadProvisionedThroughputSettings: {ReadCapacityUnits: 3}}]
  Gone:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      TableName: gone
      ${KEYS.replace(", {AttributeName: kind, AttributeType: S}", "")}
      BillingMode: PAY_PER_REQUEST
      Replicas: [{Region: !Ref AWS::Region}]
  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}
  Wait: {Type: AWS::CloudFormation::WaitCondition}
`;

it("reads global tables, sees them changed, and looks at no wait condition", async () => {
  await using fake = await deployed(TEMPLATE);
  expect((await fake.stacks.events("demo")).filter((event) => event.includes("FAILED"))).toEqual([]);
  const before = await fake.drifts();
  expect(before.filter(({ status }) => status !== "IN_SYNC")).toEqual([]);
  expect(before.map(({ id = "" }) => id).sort()).toEqual(["Fixed", "Gone", "Key", "OnDemand"]);
  const { StackResources = [] } = await fake.stacks.cfn.send(new DescribeStackResourcesCommand({ StackName: "demo" }));
  const unchecked = StackResources.filter((each) => each.DriftInformation?.StackResourceDriftStatus === "NOT_CHECKED");
  expect(unchecked.map(({ LogicalResourceId = "" }) => LogicalResourceId).sort()).toEqual(["Handle", "Wait"]);

  const dynamo = fake.cloud.client(DynamoDBClient);
  await dynamo.send(new DeleteTableCommand({ TableName: "gone" }));
  const ProvisionedThroughput = { ReadCapacityUnits: 4, WriteCapacityUnits: 2 };
  await dynamo.send(new UpdateTableCommand({ TableName: "fixed", ProvisionedThroughput }));
  await dynamo.send(
    new UpdateTableCommand({
      TableName: "on-demand",
      DeletionProtectionEnabled: false,
      OnDemandThroughput: { MaxReadRequestUnits: 20, MaxWriteRequestUnits: 30 },
    }),
  );
  await fake.cloud.tasks.idle();
  const after = await fake.drifts();
  expect(after.filter(({ status }) => status !== "IN_SYNC")).toEqual([
    {
      id: "Fixed",
      status: "MODIFIED",
      differences: ["NOT_EQUAL /Replicas/0/ReadProvisionedThroughputSettings/ReadCapacityUnits 3 4"],
    },
    { id: "Gone", status: "DELETED", differences: [] },
    {
      id: "OnDemand",
      status: "MODIFIED",
      differences: [
        "NOT_EQUAL /WriteOnDemandThroughputSettings/MaxWriteRequestUnits 20 30",
        "NOT_EQUAL /Replicas/0/DeletionProtectionEnabled true false",
      ],
    },
  ]);
}, 120_000);

it("imports a global table, with all that can be asked of it", async () => {
  await using cloud = await testCloud();
  const TableName = "there";
  const keys = {
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" as const }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }],
    BillingMode: "PAY_PER_REQUEST" as const,
  };
  const dynamo = cloud.client(DynamoDBClient);
  await dynamo.send(new CreateTableCommand({ TableName, ...keys }));
  const Properties = { TableName, ...keys, Replicas: [{ Region: "us-east-1" }] };
  const Resources = { T: { Type: "AWS::DynamoDB::GlobalTable", DeletionPolicy: "Retain", Properties } };
  const { cfn, stack } = stacksOf(cloud);
  const change = { StackName: "demo", ChangeSetName: "import" };
  await cfn.send(
    new CreateChangeSetCommand({
      ...change,
      ChangeSetType: "IMPORT",
      TemplateBody: JSON.stringify({ Resources }),
      ResourcesToImport: [
        { ResourceType: Resources.T.Type, LogicalResourceId: "T", ResourceIdentifier: { TableName } },
      ],
    }),
  );
  await cloud.tasks.idle();
  await cfn.send(new ExecuteChangeSetCommand(change));
  await cloud.tasks.idle();
  expect((await stack("demo"))?.StackStatus).toBe("IMPORT_COMPLETE");
  const Outputs = { Id: { Value: { "Fn::GetAtt": ["T", "TableId"] } } };
  await cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: JSON.stringify({ Resources, Outputs }) }));
  await cloud.tasks.idle();
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName }));
  expect((await stack("demo"))?.Outputs).toMatchObject([{ OutputKey: "Id", OutputValue: Table?.TableId }]);
}, 120_000);
