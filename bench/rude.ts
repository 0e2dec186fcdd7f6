import { readdirSync } from "node:fs";
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { MANNERS, requestBytes, send } from "../test/socket/rudeClients.ts";
import { residentBytes, startCloudChild } from "./cloudChild.ts";
import { mib, report } from "./figures.ts";
import { createSigner, makeSongs, type Songs, songKey } from "./songs.ts";

/**
 * Many small writes of which a quarter each is sent well, sent slowly, cut off half-way, and left before its answer: what
 * the cloud keeps of them, in its memory, its descriptors, and its table.
 * `node --import tsx bench/rude.ts [REQUESTS]`; 20 thousand unless said otherwise, the issue's measure is a million.
 */
const total = Number(process.argv[2] ?? 20_000);
const STEPS = 10;
const CLIENTS = 64;
const SONGS: Songs = { table: "rude", artists: 1 };
const Key = songKey(SONGS, 0);

await using cloud = await startCloudChild();
const client = new DynamoDBClient(cloud.config);
await makeSongs(client, SONGS, 1);
const { host, port } = new URL(cloud.endpoint);
const sign = createSigner(cloud.config);
const descriptors = () => readdirSync(`/proc/${cloud.pid}/fd`).length;

const ended = { answered: 0, left: 0, failed: 0 };
const sendStep = async (requests: number): Promise<void> => {
  const [signed] = await sign([
    new UpdateItemCommand({
      TableName: SONGS.table,
      Key,
      UpdateExpression: "ADD heard :one",
      ExpressionAttributeValues: { ":one": { N: "1" } },
    }),
  ]);
  if (!signed) throw new Error("nothing was signed");
  const bytes = requestBytes(signed, host);
  const one = async (number: number) => {
    for (let at = number; at < requests; at += CLIENTS) {
      const manner = MANNERS[at % MANNERS.length] ?? "plain";
      const status = await send(Number(port), bytes, manner, at / requests);
      if (manner === "leaves") ended.left += 1;
      else if (status === 200) ended.answered += 1;
      else if (status !== undefined) ended.failed += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_unused, number) => one(number)));
};

const memory: number[] = [];
const before = descriptors();
for (let step = 0; step < STEPS; step += 1) {
  await sendStep(Math.ceil(total / STEPS));
  memory.push(residentBytes(cloud.pid));
}
const { Item } = await client.send(new GetItemCommand({ TableName: SONGS.table, Key, ConsistentRead: true }));
client.destroy();
const heard = Number(Item?.["heard"]?.N);
const { answered, left, failed } = ended;
const [first = 0, middle = 0, last = 0] = [memory[0], memory[STEPS / 2 - 1], memory[STEPS - 1]];
report(
  `memory after ${total} requests of rude clients`,
  `${mib(last)}; ${mib(last - middle)} more than after half, ${mib(last - first)} than after a tenth`,
  "flat",
);
report("descriptors more than before", String(descriptors() - before), "a few, however many requests");
report(
  "counted, answered, left before the answer",
  `${heard}, ${answered}, ${left}${failed > 0 ? `; ${failed} refused` : ""}`,
  "answered <= counted <= answered + left",
);
if (failed > 0 || heard < answered || heard > answered + left) throw new Error("something was lost, or done by halves");
