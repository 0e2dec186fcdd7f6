import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const BASE = {
  AttributeDefinitions: [
    { AttributeName: "id", AttributeType: "S" },
    { AttributeName: "kind", AttributeType: "S" },
  ],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  BillingMode: "PAY_PER_REQUEST",
  StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
  GlobalSecondaryIndexes: [
    {
      IndexName: "kinds",
      KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }],
      Projection: { ProjectionType: "ALL" },
    },
  ],
};

const withStack = async () => {
  const cloud = await testCloud();
  const cloudFormation = cloud.client(CloudFormationClient);
  const dynamodb = cloud.client(DynamoDBClient);
  const StackName = "app";
  const template = (Properties: object) =>
    JSON.stringify({
      Resources: { T: { Type: "AWS::DynamoDB::GlobalTable", Properties } },
      Outputs: {
        Name: { Value: { Ref: "T" } },
        Stream: { Value: { "Fn::GetAtt": ["T", "StreamArn"] } },
        Id: { Value: { "Fn::GetAtt": ["T", "TableId"] } },
      },
    });
  const create = async (properties: object) => {
    await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: template(properties) }));
    await cloud.tasks.idle();
  };
  const update = async (properties: object) => {
    await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: template(properties) }));
    await cloud.tasks.idle();
  };
  const stack = async () => (await cloudFormation.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  const output = async (key: string) =>
    (await stack())?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  const table = async () => (await dynamodb.send(new DescribeTableCommand({ TableName: await output("Name") }))).Table;
  return { cloud, cloudFormation, dynamodb, StackName, create, update, stack, output, table };
};

describe("behaviour", () => {
  test("a global table of one region is a table with that replica's settings, and goes with its stack", async () => {
    const { cloud, cloudFormation, dynamodb, StackName, create, update, output, table } = await withStack();
    await using _ = cloud;
    await create({
      ...BASE,
      Replicas: [{ Region: "us-east-1", DeletionProtectionEnabled: true, TableClass: "STANDARD" }],
    });
    const made = await table();
    expect(made).toMatchObject({
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
      DeletionProtectionEnabled: true,
      GlobalSecondaryIndexes: [{ IndexName: "kinds", IndexStatus: "ACTIVE" }],
    });
    expect([await output("Stream"), await output("Id")]).toEqual([made?.LatestStreamArn, made?.TableId]);
    await update({ ...BASE, Replicas: [{ Region: "us-east-1", TableClass: "STANDARD_INFREQUENT_ACCESS" }] });
    expect(await table()).toMatchObject({
      TableId: made?.TableId,
      DeletionProtectionEnabled: false,
      TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
    });
    await cloudFormation.send(new DeleteStackCommand({ StackName }));
    await cloud.tasks.idle();
    expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  test("capacity that scales begins with its seed, or its least", async () => {
    const { cloud, create, table } = await withStack();
    await using _ = cloud;
    const scaling = (more: object) => ({
      MinCapacity: 3,
      MaxCapacity: 9,
      TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 },
      ...more,
    });
    const WriteProvisionedThroughputSettings = { WriteCapacityAutoScalingSettings: scaling({ SeedCapacity: 5 }) };
    await create({
      ...BASE,
      BillingMode: "PROVISIONED",
      WriteProvisionedThroughputSettings,
      GlobalSecondaryIndexes: BASE.GlobalSecondaryIndexes.map((index) => ({
        ...index,
        WriteProvisionedThroughputSettings,
      })),
      Replicas: [
        {
          Region: "us-east-1",
          ReadProvisionedThroughputSettings: { ReadCapacityUnits: 7 },
          GlobalSecondaryIndexes: [
            { IndexName: "kinds", ReadProvisionedThroughputSettings: { ReadCapacityAutoScalingSettings: scaling({}) } },
          ],
        },
      ],
    });
    expect(await table()).toMatchObject({
      ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: 5 },
      GlobalSecondaryIndexes: [{ ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 5 } }],
    });
  });
});

describe("refusals", () => {
  const BUILT = { ...BASE, Replicas: [{ Region: "us-east-1" }] };
  test.each([
    ["with replicas outside of us-east-1", { ...BASE, Replicas: [{ Region: "us-east-1" }, { Region: "eu-west-1" }] }],
    ["with replicas outside of us-east-1", { ...BASE, Replicas: [{ Region: "eu-west-1" }] }],
    ["MultiRegionConsistency STRONG", { ...BUILT, MultiRegionConsistency: "STRONG" }],
    ["GlobalTableWitnesses", { ...BUILT, GlobalTableWitnesses: [{ Region: "eu-west-1" }] }],
  ])("what needs more than this region is named: %s", async (named, properties) => {
    const { cloud, cloudFormation, StackName, create, stack } = await withStack();
    await using _ = cloud;
    await create(properties);
    expect((await stack())?.StackStatus).toBe("ROLLBACK_COMPLETE");
    const { StackEvents } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
    expect(StackEvents?.map(({ ResourceStatusReason }) => ResourceStatusReason ?? "").join()).toContain(named);
  });

  test("two indexes cannot come in one update", async () => {
    const { cloud, cloudFormation, StackName, create, update, stack } = await withStack();
    await using _ = cloud;
    await create(BUILT);
    const [kinds] = BASE.GlobalSecondaryIndexes;
    await update({
      ...BUILT,
      GlobalSecondaryIndexes: [kinds, { ...kinds, IndexName: "one" }, { ...kinds, IndexName: "two" }],
    });
    expect((await stack())?.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    const { StackEvents } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
    expect(StackEvents?.map(({ ResourceStatusReason }) => ResourceStatusReason ?? "").join()).toContain(
      "Cannot perform more than one GSI creation or deletion in a single update",
    );
  });
});
