import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { residentBytes, startCloudChild } from "./cloudChild.ts";
import { mib, report } from "./figures.ts";
import { load } from "./load.ts";
import { createSigner, getSong, makeSongs, type Songs, song } from "./songs.ts";

/**
 * The cloud's memory while it answers many requests: reads and writes of the same items, one after the other.
 * `node --import tsx bench/soak.ts [REQUESTS]`; 100 thousand unless said otherwise, the measure is a million.
 */
const total = Number(process.argv[2] ?? 100_000);
const STEPS = 10;
const CONNECTIONS = 32;
const VARIANTS = 100;
const SONGS: Songs = { table: "soak", artists: 20 };

await using cloud = await startCloudChild();
const client = new DynamoDBClient(cloud.config);
const sign = createSigner(cloud.config);
await makeSongs(client, SONGS, VARIANTS);

const memory: number[] = [];
for (let step = 0; step < STEPS; step += 1) {
  // Signed anew for each step: a signature does not last for as long as a million requests may take.
  const numbers = Array.from({ length: VARIANTS }, (_unused, number) => number);
  const requests = await sign([
    ...numbers.map((number) => getSong(SONGS, number)),
    ...numbers.map((number) => new PutItemCommand({ TableName: SONGS.table, Item: song(SONGS, number) })),
  ]);
  await load({ url: cloud.endpoint, connections: CONNECTIONS, amount: Math.ceil(total / STEPS), requests });
  memory.push(residentBytes(cloud.pid));
}
client.destroy();

// What the first steps fill is there to be filled: caches, the call log, the young generation.
const [first = 0, middle = 0, last = 0] = [memory[0], memory[STEPS / 2 - 1], memory[STEPS - 1]];
report(
  `memory after ${total} requests`,
  `${mib(last)}; ${mib(last - middle)} more than after half, ${mib(last - first)} than after a tenth`,
  "flat",
);
