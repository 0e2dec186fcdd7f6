import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";

/**
 * DynamoDB over HTTP, beside a bare node:http server that parses and answers the same bytes, and beside dynalite.
 * `node --import tsx bench/dynamodb.ts [SECONDS [OPERATION]]`; each figure is requests a second, and its ratio to the bare server's.
 */
const seconds = Number(process.argv[2] ?? 3);
const only = process.argv[3];
const TABLE = "bench";
const VARIANTS = 200;

type Command = GetItemCommand | PutItemCommand | QueryCommand | ScanCommand | TransactWriteItemsCommand;

interface Signed {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

interface Running {
  readonly client: DynamoDBClient;
  readonly url: string;
  readonly child: ChildProcess;
  sign(command: Command): Promise<Signed>;
}

const start = async (kind: string, answer = ""): Promise<Running> => {
  const child = fork(fileURLToPath(new URL("dynamodbServer.ts", import.meta.url)), [kind], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, BARE_ANSWER: answer },
  });
  const { port, credentials } = await new Promise<{
    port: number;
    credentials: { accessKeyId: string; secretAccessKey: string };
  }>((resolve) => child.once("message", (message) => resolve(message as never)));
  const url = `http://127.0.0.1:${port}`;
  const config = { region: "us-east-1", endpoint: url, credentials };
  const captures: Signed[] = [];
  const capturing = new DynamoDBClient({
    ...config,
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: Signed) => {
        captures.push(request);
        throw new Error("captured");
      },
    },
  });
  const sign = async (command: Command): Promise<Signed> => {
    // One call for all commands: the client's overloads know each, but not their union.
    const send: (command: never) => Promise<unknown> = capturing.send.bind(capturing);
    await send(command as never).catch(() => {});
    const captured = captures.pop();
    if (!captured) throw new Error("the request was not captured");
    const { method, path, body } = captured;
    // The load generator writes these two itself; a second one would be refused.
    const { host: _host, "content-length": _length, ...headers } = captured.headers;
    return { method, path, headers, body: Buffer.from(body).toString() };
  };
  return { client: new DynamoDBClient(config), url, child, sign };
};

const item = (number: number) => ({
  artist: { S: `artist ${number % 20}` },
  year: { N: String(number) },
  title: { S: `The title of the song with the number ${number}` },
  price: { N: "12.75" },
  sold: { BOOL: true },
  tags: { L: [{ S: "one" }, { S: "two" }] },
});
const key = (number: number) => ({ artist: item(number).artist, year: item(number).year });

const operations: Readonly<Record<string, (number: number) => Command>> = {
  GetItem: (number) => new GetItemCommand({ TableName: TABLE, Key: key(number) }),
  PutItem: (number) => new PutItemCommand({ TableName: TABLE, Item: item(number) }),
  "Query of ten": (number) =>
    new QueryCommand({
      TableName: TABLE,
      KeyConditionExpression: "artist = :a",
      ExpressionAttributeValues: { ":a": item(number).artist },
      Limit: 10,
    }),
  "Scan of ten": () => new ScanCommand({ TableName: TABLE, Limit: 10 }),
  "Transaction of two": (number) =>
    new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: TABLE, Item: item(number) } },
        { Put: { TableName: TABLE, Item: item(number + VARIANTS) } },
      ],
      ClientRequestToken: `token-${number}`,
    }),
};

interface Load {
  readonly url: string;
  readonly connections: number;
  readonly duration: number;
  readonly requests: readonly Signed[];
}
interface LoadResult {
  readonly requests: { readonly average: number };
  readonly non2xx: number;
  readonly errors: number;
}
const autocannon: (load: Load) => Promise<LoadResult> = createRequire(import.meta.url)("autocannon");

const fill = async ({ client }: Running) => {
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      AttributeDefinitions: [
        { AttributeName: "artist", AttributeType: "S" },
        { AttributeName: "year", AttributeType: "N" },
      ],
      KeySchema: [
        { AttributeName: "artist", KeyType: "HASH" },
        { AttributeName: "year", KeyType: "RANGE" },
      ],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  for (let number = 0; number < 2 * VARIANTS; number++)
    await client.send(new PutItemCommand({ TableName: TABLE, Item: item(number) }));
};

const measure = async ({ url }: Running, requests: readonly Signed[], connections: number): Promise<number> => {
  await autocannon({ url, connections, duration: 1, requests });
  const result = await autocannon({ url, connections, duration: seconds, requests });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx + result.errors} requests failed`);
  return result.requests.average;
};

const signedAll = (running: Running, make: (number: number) => Command) =>
  Promise.all(Array.from({ length: VARIANTS }, (_unused, number) => number)).then(async (numbers) => {
    const signed: Signed[] = [];
    for (const number of numbers) signed.push(await running.sign(make(number)));
    return signed;
  });

const answerOf = async ({ url }: Running, request: Signed | undefined): Promise<string> => {
  if (!request) return "{}";
  return (await fetch(url, { method: "POST", headers: request.headers, body: request.body })).text();
};

for (const [name, make] of Object.entries(operations)) {
  if (only !== undefined && !name.startsWith(only)) continue;
  const aloft = await start("aloft");
  const dynalite = await start("dynalite");
  await fill(aloft);
  await fill(dynalite);
  const requests = await signedAll(aloft, make);
  const bare = await start("bare", await answerOf(aloft, requests[0]));
  const forDynalite = await signedAll(dynalite, make);
  for (const connections of [1, 32, 64]) {
    const base = await measure(bare, requests, connections);
    const ours = await measure(aloft, requests, connections);
    const theirs = name.startsWith("Transaction")
      ? undefined
      : await measure(dynalite, forDynalite, connections).catch(() => undefined);
    const shown = (rate: number | undefined) =>
      rate === undefined ? "        -" : `${Math.round(rate).toString().padStart(6)} ${(rate / base).toFixed(2)}x`;
    console.log(
      `${name.padEnd(20)} ${String(connections).padStart(2)} connections  bare ${Math.round(base)}  aloft ${shown(ours)}  dynalite ${shown(theirs)}`,
    );
  }
  for (const { client, child } of [aloft, dynalite, bare]) {
    client.destroy();
    child.disconnect();
  }
}
