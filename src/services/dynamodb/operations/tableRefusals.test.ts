import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";

const plain: CreateTableCommandInput = {
  TableName: "facts",
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  BillingMode: "PAY_PER_REQUEST",
};

const definitions = (...names: string[]) => ({
  AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
});
const schema = (...elements: readonly (readonly [string, "HASH" | "RANGE"])[]) =>
  elements.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType }));
const index = (IndexName: string, ...elements: readonly (readonly [string, "HASH" | "RANGE"])[]) => ({
  IndexName,
  KeySchema: schema(...elements),
  Projection: { ProjectionType: "ALL" as const },
});
const capacity = (ReadCapacityUnits: number, WriteCapacityUnits = 1) => ({ ReadCapacityUnits, WriteCapacityUnits });
const invalid = (detail: string) => `One or more parameter values were invalid: ${detail}`;

describe("CreateTable refuses", () => {
  test.each<[string, Partial<CreateTableCommandInput>, string]>([
    [
      "a table without a key",
      { AttributeDefinitions: undefined, KeySchema: undefined },
      "2 validation errors detected: Value null at 'attributeDefinitions' failed to satisfy constraint: Member must not be null; Value null at 'keySchema' failed to satisfy constraint: Member must not be null",
    ],
    [
      "capacity before keys",
      { BillingMode: "PROVISIONED", AttributeDefinitions: [] },
      invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"),
    ],
    [
      "a table less warm than one on demand begins",
      { WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 3_999 } },
      invalid(
        "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than initial throughput for OnDemand",
      ),
    ],
    [
      "an index less warm than one on demand begins",
      {
        ...definitions("id", "kind"),
        GlobalSecondaryIndexes: [
          { ...index("by-kind", ["kind", "HASH"]), WarmThroughput: { ReadUnitsPerSecond: 11_999 } },
        ],
      },
      invalid(
        "Requested ReadUnitsPerSecond for WarmThroughput for index by-kind is lower than initial throughput for OnDemand",
      ),
    ],
    [
      "more capacity than can be counted",
      { BillingMode: "PROVISIONED", ProvisionedThroughput: capacity(1_000_000_000_001), AttributeDefinitions: [] },
      "Given value 1000000000001 for ReadCapacityUnits is out of bounds",
    ],
    [
      "fewer definitions than keys",
      { AttributeDefinitions: [] },
      "Invalid KeySchema: Some index key attribute have no definition",
    ],
    [
      "a key that is not defined",
      definitions("other"),
      invalid(
        "Some index key attributes are not defined in AttributeDefinitions. Keys: [id], AttributeDefinitions: [other]",
      ),
    ],
    [
      "one attribute for both keys, whatever their types",
      { ...definitions("id", "b"), KeySchema: schema(["id", "RANGE"], ["id", "RANGE"]) },
      "Both the Hash Key and the Range Key element in the KeySchema have the same name",
    ],
    [
      "a range key in the first place",
      { KeySchema: schema(["id", "RANGE"]) },
      "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
    ],
    [
      "a hash key in the second",
      { ...definitions("id", "b"), KeySchema: schema(["id", "HASH"], ["b", "HASH"]) },
      "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
    ],
    [
      "a definition too many",
      definitions("id", "b"),
      invalid(
        "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
      ),
    ],
    [
      "an empty list of local indexes",
      { LocalSecondaryIndexes: [] },
      invalid("List of LocalSecondaryIndexes is empty"),
    ],
    [
      "an empty list of global indexes",
      { GlobalSecondaryIndexes: [] },
      invalid("List of GlobalSecondaryIndexes is empty"),
    ],
    [
      "a local index without a range key before it looks at its hash key",
      {
        ...definitions("id", "b"),
        KeySchema: schema(["id", "HASH"], ["b", "RANGE"]),
        LocalSecondaryIndexes: [index("local", ["b", "HASH"])],
      },
      invalid("Index KeySchema does not have a range key for index: local"),
    ],
    [
      "capacity of an index that is paid by request",
      { GlobalSecondaryIndexes: [{ ...index("global", ["id", "HASH"]), ProvisionedThroughput: capacity(1) }] },
      invalid("ProvisionedThroughput should not be specified for index: global when BillingMode is PAY_PER_REQUEST"),
    ],
    [
      "an index without its capacity",
      {
        BillingMode: "PROVISIONED",
        ProvisionedThroughput: capacity(1),
        GlobalSecondaryIndexes: [index("global", ["id", "HASH"])],
      },
      invalid("ProvisionedThroughput is not specified for index: global"),
    ],
    [
      "a local index of three keys",
      {
        ...definitions("id", "b", "c"),
        KeySchema: schema(["id", "HASH"], ["b", "RANGE"]),
        LocalSecondaryIndexes: [index("local", ["id", "HASH"], ["b", "RANGE"], ["c", "RANGE"])],
      },
      "1 validation error detected: Value '[KeySchemaElement(attributeName=id, keyType=HASH), KeySchemaElement(attributeName=b, keyType=RANGE), KeySchemaElement(attributeName=c, keyType=RANGE)]' at 'localSecondaryIndexes.1.member.keySchema' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      "a global index whose hash keys come after a range key",
      {
        ...definitions("id", "b", "c"),
        GlobalSecondaryIndexes: [index("global", ["id", "HASH"], ["b", "RANGE"], ["c", "HASH"])],
      },
      "Invalid KeySchema: HASH key attributes must precede RANGE key attributes",
    ],
    [
      "one attribute twice among a global index's many keys",
      {
        ...definitions("id", "b"),
        GlobalSecondaryIndexes: [index("global", ["id", "HASH"], ["b", "HASH"], ["b", "RANGE"])],
      },
      "Both the Hash Key and the Range Key element in the KeySchema have the same name",
    ],
    [
      "one attribute twice beside an index's keys",
      {
        GlobalSecondaryIndexes: [
          {
            ...index("global", ["id", "HASH"]),
            Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["a", "b", "a"] },
          },
        ],
      },
      invalid("Duplicate attribute names in NonKeyAttributes: [a, b, a]"),
    ],
    [
      "a stream of no view",
      { StreamSpecification: { StreamEnabled: true } },
      invalid("Table is being created with a stream enabled, UpdateViewType is required"),
    ],
    [
      "a view of no stream",
      { StreamSpecification: { StreamEnabled: false, StreamViewType: "NEW_IMAGE" } },
      invalid("Table is being created with a stream disabled, UpdateViewType should not be specified"),
    ],
    [
      "one tag twice",
      { Tags: ["1", "2"].map((Value) => ({ Key: "a", Value })) },
      "Duplicate Tag Keys provided as input: Duplicate Tag Key found a",
    ],
    [
      "a tag of AWS's own",
      { Tags: [{ Key: "aws:a", Value: "1" }] },
      "Tag Key cannot be prefixed with aws:, Key: aws:a",
    ],
    [
      "a twenty-first global index",
      { GlobalSecondaryIndexes: Array.from({ length: 21 }, (_, number) => index(`global-${number}`, ["id", "HASH"])) },
      invalid("GlobalSecondaryIndex count exceeds the per-table limit of 20"),
    ],
    [
      "more attributes in its indexes than there may be",
      {
        GlobalSecondaryIndexes: Array.from({ length: 6 }, (_, number) => ({
          ...index(`global-${number}`, ["id", "HASH"]),
          Projection: {
            ProjectionType: "INCLUDE",
            NonKeyAttributes: Array.from({ length: 20 }, (_each, at) => `attribute-${at}`),
          },
        })),
      },
      invalid("The total number of NonKeyAttributes of all indexes, 120, exceeds the per-table limit of 100"),
    ],
  ])("%s", async (_name, input, message) => {
    await using cloud = await testCloud();
    const create = new CreateTableCommand({ ...plain, ...input });
    await expect(cloud.client(DynamoDBClient).send(create)).rejects.toMatchObject({
      name: "ValidationException",
      message,
    });
  });
});

describe("UpdateTable refuses, before it looks for the table", () => {
  test.each<[string, Omit<UpdateTableCommandInput, "TableName">, string]>([
    [
      "an empty list of changes",
      { GlobalSecondaryIndexUpdates: [] },
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required",
    ],
    [
      "a stream of no view",
      { StreamSpecification: { StreamEnabled: true } },
      invalid("If stream is being enabled then UpdateViewType is required"),
    ],
    [
      "a view of no stream",
      { StreamSpecification: { StreamEnabled: false, StreamViewType: "NEW_IMAGE" } },
      invalid("If stream is being disabled, then UpdateViewType must not be specified"),
    ],
    [
      "provisioned capacity that is not said",
      { BillingMode: "PROVISIONED" },
      invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED"),
    ],
    [
      "more capacity than can be counted",
      { ProvisionedThroughput: capacity(1, 1_000_000_000_001) },
      "Given value 1000000000001 for WriteCapacityUnits is out of bounds",
    ],
    [
      "a change that says nothing",
      { GlobalSecondaryIndexUpdates: [{}] },
      invalid(
        "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null",
      ),
    ],
    [
      "two changes of one index",
      { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "one" } }, { Delete: { IndexName: "one" } }] },
      invalid("Only one global secondary index update per index is allowed simultaneously. Index: one"),
    ],
    [
      "two changes in one",
      { GlobalSecondaryIndexUpdates: [{ Create: index("one", ["id", "HASH"]), Delete: { IndexName: "two" } }] },
      invalid(
        "Only one of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete may be specified",
      ),
    ],
  ])("%s", async (_name, input, message) => {
    await using cloud = await testCloud();
    const update = new UpdateTableCommand({ TableName: "none", ...input });
    await expect(cloud.client(DynamoDBClient).send(update)).rejects.toMatchObject({
      name: "ValidationException",
      message,
    });
  });
});

describe("UpdateTable refuses an index", () => {
  test.each<[string, Partial<UpdateTableCommandInput>, string]>([
    [
      "whose key the request does not define, though the table knows it",
      {},
      invalid(
        "Some index key attributes are not defined in AttributeDefinitions. Keys: [id], AttributeDefinitions: []",
      ),
    ],
    [
      "whose key has another type elsewhere",
      { AttributeDefinitions: [{ AttributeName: "id", AttributeType: "N" }] },
      invalid(
        "Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Existing schema: Schema:[SchemaElement: key{id:S:HASH}] New schema: Schema:[SchemaElement: key{id:N:HASH}]",
      ),
    ],
  ])("%s", async (_name, input, message) => {
    await using cloud = await testCloud();
    const client = cloud.client(DynamoDBClient);
    await client.send(new CreateTableCommand(plain));
    const GlobalSecondaryIndexUpdates = [{ Create: index("one", ["id", "HASH"]) }];
    const update = new UpdateTableCommand({ TableName: "facts", GlobalSecondaryIndexUpdates, ...input });
    await expect(client.send(update)).rejects.toMatchObject({ name: "ValidationException", message });
  });
});

test("table operations ask for a table's name, and item operations list what is missing", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  const nameless = { TableName: undefined };
  const asked = "ValidationException: The parameter 'TableName' is required but was not present in the request";
  expect(await refusal(client.send(new CreateTableCommand({ ...plain, ...nameless })))).toBe(asked);
  expect(await refusal(client.send(new UpdateTableCommand(nameless)))).toBe(asked);
  expect(await refusal(client.send(new DescribeTableCommand(nameless)))).toBe(asked);
  expect(await refusal(client.send(new GetItemCommand({ ...nameless, Key: undefined })))).toMatch(
    /^ValidationException: 2 validation errors detected: Value null at 'tableName'/,
  );
});

test("an ARN of another account or region is no way to a table of the same name", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  const { TableDescription } = await client.send(new CreateTableCommand(plain));
  const describe = async (TableName = "") =>
    (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableName;
  expect(await describe(TableDescription?.TableArn)).toBe("facts");
  expect(await refusal(describe("arn:aws:dynamodb:us-east-1:999999999999:table/facts"))).toMatch(
    /^AccessDeniedException: .* no resource-based policy allows the dynamodb:DescribeTable action$/,
  );
  expect(await refusal(describe(`arn:aws:dynamodb:eu-west-1:${TEST_ACCOUNT}:table/facts`))).toMatch(
    /^ResourceNotFoundException/,
  );
});

test("tag operations refuse what is no table's ARN, what is not there and what tags nothing", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(new CreateTableCommand(plain));
  const arn = `arn:aws:dynamodb:us-east-1:${TEST_ACCOUNT}:table/`;
  const list = (ResourceArn: string) => client.send(new ListTagsOfResourceCommand({ ResourceArn }));
  await expect(list(`${arn}ab`)).rejects.toThrow(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}ab`);
  await expect(list("facts")).rejects.toThrow("ARNs must start with 'arn:'");
  await expect(list(`${arn}none`)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: `Requested resource not found: ResourcArn: ${arn}none not found`,
  });
  // Before the table is looked for.
  await expect(client.send(new TagResourceCommand({ ResourceArn: `${arn}none`, Tags: [] }))).rejects.toThrow(
    "Atleast one Tag needs to be provided as Input.",
  );
  for (const tag of [
    { Key: "hi!", Value: "" },
    { Key: "k", Value: '"v"' },
  ])
    expect(await refusal(client.send(new TagResourceCommand({ ResourceArn: `${arn}facts`, Tags: [tag] })))).toMatch(
      /^ValidationException: Tag contains characters that are not allowed/,
    );
  const tag = (from: number) =>
    client.send(
      new TagResourceCommand({
        ResourceArn: `${arn}facts`,
        Tags: Array.from({ length: 30 }, (_, at) => ({ Key: String(from + at), Value: "" })),
      }),
    );
  await tag(0);
  await tag(20);
  await expect(tag(40)).rejects.toThrow("Number of Tags exceed the current limit for the provided ResourceArn");
  expect((await list(`${arn}facts`)).Tags).toHaveLength(50);
  // A stack's own are beyond the limit.
  const Tags = [{ Key: "aws:cloudformation:stack-name", Value: "s" }];
  await client.send(new TagResourceCommand({ ResourceArn: `${arn}facts`, Tags }));
  expect((await list(`${arn}facts`)).Tags).toHaveLength(51);
});
