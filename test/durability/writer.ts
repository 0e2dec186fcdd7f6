import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ResourceInUseException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { startCloud } from "../../src/index.ts";
import { tableOf } from "../dynamoTable.ts";
import { configOf } from "../socket/clouds.ts";

/**
 * A cloud on the state directory it is given, under load over its own port, that says on its output what was acknowledged
 * until it is killed: the other half of the test beside. Even numbers are single items, odd ones pairs in a transaction.
 */
const [state = "", first = "0"] = process.argv.slice(2);
const WRITERS = 8;

const cloud = await startCloud({ state });
const client = new DynamoDBClient(configOf(cloud));

const createTable = new CreateTableCommand({
  ...tableOf("facts", { id: "S" }, { global: { "by-kind": { kind: "S" } } }),
  StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
});
await client.send(createTable).catch((error: unknown) => {
  if (!(error instanceof ResourceInUseException)) throw error;
});

const itemOf = (id: string) => ({ id: { S: id }, kind: { S: "fact" }, text: { S: "x".repeat(200) } });
const put = (id: string) => ({ Put: { TableName: "facts", Item: itemOf(id) } });

const writeOne = async (n: number) => {
  if (n % 2 === 0) await client.send(new PutItemCommand({ TableName: "facts", Item: itemOf(`${n}`) }));
  else await client.send(new TransactWriteItemsCommand({ TransactItems: [put(`${n}`), put(`${n}-pair`)] }));
  process.stdout.write(`${n}\n`);
};

const writer = async (offset: number) => {
  for (let n = Number(first) + offset; ; n += WRITERS) await writeOne(n);
};
await Promise.all(Array.from({ length: WRITERS }, (_unused, offset) => writer(offset)));
