import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { createSigner, makeSongs, type Songs, songKey } from "../../bench/songs.ts";
import { type SocketCloud, socketCloud } from "./clouds.ts";
import { MANNERS, requestBytes, send } from "./rudeClients.ts";

const SONGS: Songs = { table: "songs", artists: 1 };
const REQUESTS = 400;
const AT_ONCE = 40;

const Key = songKey(SONGS, 0);
const count = new UpdateItemCommand({
  TableName: SONGS.table,
  Key,
  UpdateExpression: "ADD heard :one",
  ExpressionAttributeValues: { ":one": { N: "1" } },
});

const openSockets = () => process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;

/** Sends the requests, so many at once, each manner as often as any other; how many were answered, and how many left. */
const sendAll = async ({ cloud, config }: SocketCloud, ...headers: string[]) => {
  const [signed] = await createSigner(config)([count]);
  if (!signed) throw new Error("nothing was signed");
  const bytes = requestBytes(signed, new URL(config.endpoint).host, ...headers);
  const ended = { answered: 0, left: 0 };
  const client = async (number: number) => {
    for (let at = number; at < REQUESTS; at += AT_ONCE) {
      const manner = MANNERS[at % MANNERS.length] ?? "plain";
      const status = await send(cloud.port, bytes, manner, at / REQUESTS);
      if (manner === "leaves") ended.left += 1;
      if (status === undefined) continue;
      expect(status).toBe(200);
      ended.answered += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_unused, number) => client(number)));
  return ended;
};

describe.each([
  ["the lane", []],
  // A repeated header is left to Node's own server.
  ["Node's server", ["x-note: 1", "x-note: 2"]],
])("slow clients and clients that go away, by %s", (_way, headers) => {
  it("lose nothing that was answered, do nothing by halves, and leave no connection behind", async () => {
    await using running = await socketCloud("memory");
    const client = new DynamoDBClient(running.config);
    await makeSongs(client, SONGS, 1);
    client.destroy();
    const before = openSockets();
    const { answered, left } = await sendAll(running, ...headers);
    expect(answered).toBe(REQUESTS / 2);
    // Each connection was closed by its client; the server's ends of them follow within some turns.
    while (openSockets() > before) await new Promise((resolve) => setImmediate(resolve));
    const reader = new DynamoDBClient(running.config);
    const { Item } = await reader.send(new GetItemCommand({ TableName: SONGS.table, Key, ConsistentRead: true }));
    reader.destroy();
    const heard = Number(Item?.["heard"]?.N);
    expect(heard).toBeGreaterThanOrEqual(answered);
    expect(heard).toBeLessThanOrEqual(answered + left);
  });
});
