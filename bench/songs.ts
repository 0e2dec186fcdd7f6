import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { tableOf } from "../test/dynamoTable.ts";
import type { LoadRequest } from "./load.ts";

/** The table that the benchmarks of DynamoDB read and write: songs of artists, so many of each. */
export interface Songs {
  readonly table: string;
  readonly artists: number;
}

export const song = ({ artists }: Songs, number: number) => ({
  artist: { S: `artist ${number % artists}` },
  year: { N: String(number) },
  title: { S: `The title of the song with the number ${number}` },
  price: { N: "12.75" },
  sold: { BOOL: true },
  tags: { L: [{ S: "one" }, { S: "two" }] },
});

export const songKey = (songs: Songs, number: number) => {
  const { artist, year } = song(songs, number);
  return { artist, year };
};

export const getSong = (songs: Songs, number: number) =>
  new GetItemCommand({ TableName: songs.table, Key: songKey(songs, number) });

/** Ten songs of the artist of that one. */
export const tenSongs = (songs: Songs, number: number) =>
  new QueryCommand({
    TableName: songs.table,
    KeyConditionExpression: "artist = :a",
    ExpressionAttributeValues: { ":a": song(songs, number).artist },
    Limit: 10,
  });

const BATCH = 25;
const WRITERS = 8;

/** Makes the table and fills it. */
export const makeSongs = async (client: DynamoDBClient, songs: Songs, count: number): Promise<void> => {
  await client.send(new CreateTableCommand(tableOf(songs.table, { artist: "S", year: "N" })));
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { TableName: songs.table });
  let next = 0;
  const write = async () => {
    while (next < count) {
      const first = next;
      next += BATCH;
      const numbers = Array.from({ length: Math.min(BATCH, count - first) }, (_unused, index) => first + index);
      const puts = numbers.map((number) => ({ PutRequest: { Item: song(songs, number) } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [songs.table]: puts } }));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
};

interface ClientConfig {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Signs commands, without sending them. A signature is good for a quarter of an hour. */
export const createSigner = (config: ClientConfig) => {
  const captures: LoadRequest[] = [];
  const capturing = new DynamoDBClient({
    ...config,
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: LoadRequest) => {
        captures.push(request);
        throw new Error("captured");
      },
    },
  });
  // One call for all commands: the client's overloads know each, but not their union.
  const send: (command: object) => Promise<unknown> = capturing.send.bind(capturing) as never;
  const sign = async (command: object): Promise<LoadRequest> => {
    await send(command).catch(() => {});
    const captured = captures.pop();
    if (!captured) throw new Error("the request was not captured");
    const { method, path, body } = captured;
    // The load generator writes these two itself; a second one would be refused.
    const { host: _host, "content-length": _length, ...headers } = captured.headers;
    return { method, path, headers, body: Buffer.from(body).toString() };
  };
  return async (commands: readonly object[]): Promise<readonly LoadRequest[]> => {
    const signed: LoadRequest[] = [];
    for (const command of commands) signed.push(await sign(command));
    return signed;
  };
};
