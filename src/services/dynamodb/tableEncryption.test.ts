import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import { CreateKeyCommand, DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { expect, test } from "vitest";
import { tableOf } from "../../../test/dynamoTable.ts";
import { testCloud } from "../../../test/harness.ts";

const open = async () => {
  const cloud = await testCloud();
  const [tables, keys] = [cloud.client(DynamoDBClient), cloud.client(KMSClient)];
  const create = async (SSESpecification: object) =>
    (await tables.send(new CreateTableCommand({ ...tableOf("facts", { id: "S" }), SSESpecification }))).TableDescription
      ?.SSEDescription;
  const update = async (SSESpecification: object) =>
    (await tables.send(new UpdateTableCommand({ TableName: "facts", SSESpecification }))).TableDescription
      ?.SSEDescription;
  const described = async () =>
    (await tables.send(new DescribeTableCommand({ TableName: "facts" }))).Table?.SSEDescription;
  return { cloud, tables, keys, create, update, described };
};

test("a table is under the account's own key for tables, until it is told otherwise", async () => {
  const { cloud, keys, create, update, described } = await open();
  await using _ = cloud;
  const made = await create({ Enabled: true });
  expect(made).toMatchObject({ Status: "ENABLED", SSEType: "KMS" });
  const { KeyMetadata } = await keys.send(new DescribeKeyCommand({ KeyId: made?.KMSMasterKeyArn }));
  expect(KeyMetadata).toMatchObject({ Arn: made?.KMSMasterKeyArn, KeyManager: "AWS" });
  const { KeyMetadata: own } = await keys.send(new CreateKeyCommand({}));
  const changed = await update({ Enabled: true, SSEType: "KMS", KMSMasterKeyId: own?.KeyId });
  expect(changed).toEqual({ Status: "UPDATING", SSEType: "KMS", KMSMasterKeyArn: own?.Arn });
  expect(await described()).toEqual({ ...changed, Status: "ENABLED" });
  expect(await update({ Enabled: false })).toEqual(changed);
  expect(await described()).toBeUndefined();
});

test.each([
  [{ Enabled: true, SSEType: "AES256" }, "SSEType AES256 is not supported"],
  [{ Enabled: true, KMSMasterKeyId: "alias/none" }, "SSEType KMS is required if KMSMasterKeyId is specified"],
  [{ Enabled: true, SSEType: "KMS", KMSMasterKeyId: "alias/none" }, "alias/none is not found"],
])("%j is refused, and makes no table", async (specification, message) => {
  const { cloud, create, described } = await open();
  await using _ = cloud;
  await expect(create(specification)).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining(message),
  });
  await expect(described()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
