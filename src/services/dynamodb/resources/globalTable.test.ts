import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

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

const template = (Properties: object) => ({
  Resources: { T: { Type: "AWS::DynamoDB::GlobalTable", Properties } },
  Outputs: {
    Name: { Value: { Ref: "T" } },
    Stream: { Value: { "Fn::GetAtt": ["T", "StreamArn"] } },
    Id: { Value: { "Fn::GetAtt": ["T", "TableId"] } },
  },
});

const tableIn = (cloud: TestCloud) => {
  const client = cloud.client(DynamoDBClient);
  return async (TableName: string | undefined) => (await client.send(new DescribeTableCommand({ TableName }))).Table;
};

describe("behaviour", () => {
  test("a global table of one region is a table with that replica's settings, and goes with its stack", async () => {
    await using cloud = await testCloud();
    const table = tableIn(cloud);
    const stack = stackOf(cloud);
    const Replica = { Region: "us-east-1", DeletionProtectionEnabled: true, TableClass: "STANDARD" };
    const { outputs } = await stack.create(template({ ...BASE, Replicas: [Replica] }));
    const made = await table(outputs["Name"]);
    expect(made).toMatchObject({
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
      DeletionProtectionEnabled: true,
      GlobalSecondaryIndexes: [{ IndexName: "kinds", IndexStatus: "ACTIVE" }],
    });
    expect([outputs["Stream"], outputs["Id"]]).toEqual([made?.LatestStreamArn, made?.TableId]);
    const infrequent = { Region: "us-east-1", TableClass: "STANDARD_INFREQUENT_ACCESS" };
    await stack.update(template({ ...BASE, Replicas: [infrequent] }));
    expect(await table(made?.TableName)).toMatchObject({
      TableId: made?.TableId,
      DeletionProtectionEnabled: false,
      TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
    });
    await stack.delete();
    expect((await cloud.client(DynamoDBClient).send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  test("capacity that scales begins with its seed, or its least", async () => {
    await using cloud = await testCloud();
    const scaling = (more: object) => ({
      MinCapacity: 3,
      MaxCapacity: 9,
      TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 },
      ...more,
    });
    const WriteProvisionedThroughputSettings = { WriteCapacityAutoScalingSettings: scaling({ SeedCapacity: 5 }) };
    const properties = {
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
    };
    const { outputs } = await stackOf(cloud).create(template(properties));
    expect(await tableIn(cloud)(outputs["Name"])).toMatchObject({
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
  ])("what needs more than this region is named: %s", async (named, properties) => {
    await using cloud = await testCloud();
    const { status, reasons } = await stackOf(cloud).create(template(properties));
    expect(status).toBe("ROLLBACK_COMPLETE");
    expect(reasons.join()).toContain(named);
  });

  test("what is not built is refused before anything is made", async () => {
    await using cloud = await testCloud();
    const asked = template({ ...BUILT, GlobalTableWitnesses: [{ Region: "eu-west-1" }] });
    await expect(stackOf(cloud).create(asked)).rejects.toThrow(/AWS::DynamoDB::GlobalTable GlobalTableWitnesses/);
  });

  test("two indexes cannot come in one update", async () => {
    await using cloud = await testCloud();
    const stack = stackOf(cloud);
    await stack.create(template(BUILT));
    const [kinds] = BASE.GlobalSecondaryIndexes;
    const more = {
      ...BUILT,
      GlobalSecondaryIndexes: [kinds, { ...kinds, IndexName: "one" }, { ...kinds, IndexName: "two" }],
    };
    const { status, reasons } = await stack.update(template(more));
    expect(status).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(reasons.join()).toContain("Cannot perform more than one GSI creation or deletion in a single update");
  });
});
