import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { DynamoDBClient, PutItemCommand, ScanCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { type LoadRequest, load } from "./load.ts";
import { createSigner, getSong, makeSongs, type Songs, song, tenSongs } from "./songs.ts";

/**
 * DynamoDB over HTTP, beside a bare node:http server that parses and answers the same bytes, and beside dynalite.
 * `node --import tsx bench/dynamodb.ts [SECONDS [OPERATION]]`; each figure is requests a second and
 * the processor time of one, with their ratios to the bare server's.
 */
const seconds = Number(process.argv[2] ?? 3);
const only = process.argv[3];
const SONGS: Songs = { table: "bench", artists: 20 };
const VARIANTS = 200;

interface Running {
  readonly client: DynamoDBClient;
  readonly url: string;
  readonly child: ChildProcess;
  readonly sign: ReturnType<typeof createSigner>;
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
  return { client: new DynamoDBClient(config), url, child, sign: createSigner(config) };
};

const operations: Readonly<Record<string, (number: number) => object>> = {
  GetItem: (number) => getSong(SONGS, number),
  PutItem: (number) => new PutItemCommand({ TableName: SONGS.table, Item: song(SONGS, number) }),
  "Query of ten": (number) => tenSongs(SONGS, number),
  "Scan of ten": () => new ScanCommand({ TableName: SONGS.table, Limit: 10 }),
  "Transaction of two": (number) =>
    new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: SONGS.table, Item: song(SONGS, number) } },
        { Put: { TableName: SONGS.table, Item: song(SONGS, number + VARIANTS) } },
      ],
      ClientRequestToken: `token-${number}`,
    }),
};

/** Processor time a server has used, in microseconds. */
const processorTime = async ({ child }: Running): Promise<number> => {
  const told = once(child, "message");
  child.send("cpu");
  const [{ user, system }] = await told;
  return user + system;
};

interface Measured {
  readonly perSecond: number;
  /** Processor time a request took of the server, in microseconds: on a busy machine it says more than the rate. */
  readonly cpu: number;
}

const measure = async (running: Running, requests: readonly LoadRequest[], connections: number): Promise<Measured> => {
  const { url } = running;
  await load({ url, connections, duration: 1, requests });
  const before = await processorTime(running);
  const { requests: made } = await load({ url, connections, duration: seconds, requests });
  return { perSecond: made.average, cpu: ((await processorTime(running)) - before) / made.total };
};

const answerOf = async ({ url }: Running, request: LoadRequest | undefined): Promise<string> => {
  if (!request) return "{}";
  return (await fetch(url, { method: "POST", headers: request.headers, body: request.body })).text();
};

for (const [name, make] of Object.entries(operations)) {
  if (only !== undefined && !name.startsWith(only)) continue;
  const aloft = await start("aloft");
  const dynalite = await start("dynalite");
  for (const { client } of [aloft, dynalite]) await makeSongs(client, SONGS, 2 * VARIANTS);
  const commands = Array.from({ length: VARIANTS }, (_unused, number) => make(number));
  const requests = await aloft.sign(commands);
  const bare = await start("bare", await answerOf(aloft, requests[0]));
  const forDynalite = await dynalite.sign(commands);
  for (const connections of [1, 32, 64]) {
    const base = await measure(bare, requests, connections);
    const ours = await measure(aloft, requests, connections);
    const theirs = name.startsWith("Transaction")
      ? undefined
      : await measure(dynalite, forDynalite, connections).catch(() => undefined);
    const shown = (measured: Measured | undefined) => {
      if (measured === undefined) return "-";
      const ratio = (of: number) => `${of.toFixed(2)}x`;
      const { perSecond, cpu } = measured;
      return `${Math.round(perSecond)}/s ${ratio(perSecond / base.perSecond)}, ${Math.round(cpu)} µs ${ratio(base.cpu / cpu)}`;
    };
    console.log(
      `${name.padEnd(20)} ${String(connections).padStart(2)} connections  bare ${shown(base)} | aloft ${shown(ours)} | dynalite ${shown(theirs)}`,
    );
  }
  for (const { client, child } of [aloft, dynalite, bare]) {
    client.destroy();
    child.disconnect();
  }
}
