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
 * Clouds on the state directories it is given, each under load over its own port, that says on its output which of them
 * acknowledged what until it is killed: the other half of the test beside. Even numbers are single items, odd ones pairs in a transaction.
 */
const [first = "0", ...states] = process.argv.slice(2);
const WRITERS = 8;

const itemOf = (id: string) => ({ id: { S: id }, kind: { S: "fact" }, text: { S: "x".repeat(200) } });
const put = (id: string) => ({ Put: { TableName: "facts", Item: itemOf(id) } });

const writeTo = async (state: string, index: number) => {
  const client = new DynamoDBClient(configOf(await startCloud({ state })));
  const createTable = new CreateTableCommand({
    ...tableOf("facts", { id: "S" }, { global: { "by-kind": { kind: "S" } } }),
    StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
  });
  await client.send(createTable).catch((error: unknown) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
  const writeOne = async (n: number) => {
    if (n % 2 === 0) await client.send(new PutItemCommand({ TableName: "facts", Item: itemOf(`${n}`) }));
    else await client.send(new TransactWriteItemsCommand({ TransactItems: [put(`${n}`), put(`${n}-pair`)] }));
    process.stdout.write(`${index} ${n}\n`);
  };
  const writer = async (offset: number) => {
    for (let n = Number(first) + offset; ; n += WRITERS) await writeOne(n);
  };
  await Promise.all(Array.from({ length: WRITERS }, (_unused, offset) => writer(offset)));
};
await Promise.all(states.map(writeTo));
