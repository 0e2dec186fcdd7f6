import {
  CreateTableCommand,
  DescribeContributorInsightsCommand,
  DescribeKinesisStreamingDestinationCommand,
  DisableKinesisStreamingDestinationCommand,
  DynamoDBClient,
  EnableKinesisStreamingDestinationCommand,
  ListContributorInsightsCommand,
  UpdateContributorInsightsCommand,
  UpdateKinesisStreamingDestinationCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";

const withTable = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(new CreateTableCommand(tableOf("facts", { id: "S" })));
  return { cloud, client };
};

test("Contributor Insights are off, and cannot be switched on", async () => {
  const { cloud, client } = await withTable();
  await using _ = cloud;
  const TableName = "facts";
  const off = { TableName, ContributorInsightsStatus: "DISABLED" };
  expect(await client.send(new DescribeContributorInsightsCommand({ TableName }))).toMatchObject(off);
  expect(
    await client.send(new UpdateContributorInsightsCommand({ TableName, ContributorInsightsAction: "DISABLE" })),
  ).toMatchObject(off);
  expect((await client.send(new ListContributorInsightsCommand({}))).ContributorInsightsSummaries).toEqual([]);
  await expect(
    client.send(new UpdateContributorInsightsCommand({ TableName, ContributorInsightsAction: "ENABLE" })),
  ).rejects.toThrow("Contributor Insights");
  await expect(client.send(new DescribeContributorInsightsCommand({ TableName: "other" }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("a table has no destination in Kinesis, and can be given none", async () => {
  const { cloud, client } = await withTable();
  await using _ = cloud;
  const asked = { TableName: "facts", StreamArn: "arn:aws:kinesis:us-east-1:000000000000:stream/orders" };
  expect(await client.send(new DescribeKinesisStreamingDestinationCommand(asked))).toMatchObject({
    TableName: "facts",
    KinesisDataStreamDestinations: [],
  });
  await expect(client.send(new EnableKinesisStreamingDestinationCommand(asked))).rejects.toMatchObject({
    name: "NotImplemented",
  });
  const none = `No streaming destination with streamArn: ${asked.StreamArn} found for table with tableName: facts`;
  await expect(client.send(new DisableKinesisStreamingDestinationCommand(asked))).rejects.toThrow(none);
  await expect(client.send(new UpdateKinesisStreamingDestinationCommand(asked))).rejects.toThrow(
    "UpdateKinesisStreamingConfiguration cannot be null",
  );
});
