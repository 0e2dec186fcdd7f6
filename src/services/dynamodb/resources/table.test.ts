import { UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stacksOf } from "../../../../test/queueCloud.ts";

const template = (properties: object) =>
  JSON.stringify({
    Resources: {
      T: {
        Type: "AWS::DynamoDB::Table",
        Properties: { TableName: "things", KeySchema: [{ AttributeName: "id", KeyType: "HASH" }], ...properties },
      },
    },
    Outputs: { Stream: { Value: { "Fn::GetAtt": ["T", "StreamArn"] } } },
  });

const attributes = (...names: readonly string[]) => ({
  AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
});

it("takes several changes of a table one after another, another view of its stream too", async () => {
  await using cloud = await testCloud();
  const stacks = stacksOf(cloud);
  const dynamodb = cloud.client(DynamoDBClient);
  await stacks.create(
    "demo",
    template({
      ...attributes("id"),
      BillingMode: "PAY_PER_REQUEST",
      StreamSpecification: { StreamViewType: "KEYS_ONLY" },
    }),
  );
  const before = (await stacks.stack("demo"))?.Outputs?.[0]?.OutputValue;
  cloud.clock.advance(1000);
  await stacks.cfn.send(
    new UpdateStackCommand({
      StackName: "demo",
      TemplateBody: template({
        ...attributes("id", "kind"),
        BillingMode: "PROVISIONED",
        ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 1 },
        StreamSpecification: { StreamViewType: "NEW_IMAGE" },
        TableClass: "STANDARD_INFREQUENT_ACCESS",
        DeletionProtectionEnabled: true,
        GlobalSecondaryIndexes: [
          {
            IndexName: "kinds",
            KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }],
            Projection: { ProjectionType: "ALL" },
            ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
          },
        ],
      }),
    }),
  );
  await cloud.tasks.idle();
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: "things" }));
  expect(Table).toMatchObject({
    TableStatus: "ACTIVE",
    ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 1 },
    StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
    TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
    DeletionProtectionEnabled: true,
    GlobalSecondaryIndexes: [{ IndexName: "kinds", IndexStatus: "ACTIVE" }],
  });
  const stack = await stacks.stack("demo");
  expect(stack?.StackStatus).toBe("UPDATE_COMPLETE");
  expect(stack?.Outputs?.[0]?.OutputValue).not.toBe(before);
  expect(stack?.Outputs?.[0]?.OutputValue).toBe(Table?.LatestStreamArn);
});
