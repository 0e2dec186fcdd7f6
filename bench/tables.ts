import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { startCloudChild } from "./cloudChild.ts";
import { median, report, times } from "./figures.ts";
import { load } from "./load.ts";
import { createSigner, getSong, makeSongs, type Songs, tenSongs } from "./songs.ts";

/**
 * Reads of a large table beside the same reads of one of 5 thousand items, by turns, at one connection.
 * `node --import tsx bench/tables.ts [ITEMS]`; 200 thousand unless said otherwise, the budget is for 5 million.
 */
const items = Number(process.argv[2] ?? 200_000);
const SMALL = 5000;
const SONGS_OF_AN_ARTIST = 100;
/** Different requests, all over the table. */
const VARIANTS = 2000;
const ROUNDS = 5;
const SECONDS = 2;

const songsOf = (table: string, count: number): Songs => ({ table, artists: Math.ceil(count / SONGS_OF_AN_ARTIST) });

await using cloud = await startCloudChild();
const client = new DynamoDBClient(cloud.config);
const sign = createSigner(cloud.config);
const tables = [
  { songs: songsOf("small", SMALL), count: SMALL },
  { songs: songsOf("large", items), count: items },
];
for (const { songs, count } of tables) await makeSongs(client, songs, count);

const spread = (count: number) =>
  Array.from({ length: VARIANTS }, (_unused, index) => Math.floor((index * count) / VARIANTS));

for (const [name, make] of [
  ["GetItem", getSong],
  ["Query of ten", tenSongs],
] as const) {
  const averages = new Map<string, number[]>(tables.map(({ songs }) => [songs.table, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { songs, count } of tables) {
      const requests = await sign(spread(count).map((number) => make(songs, number)));
      const { requests: made } = await load({ url: cloud.endpoint, connections: 1, duration: SECONDS, requests });
      averages.get(songs.table)?.push(1e6 / made.average);
    }
  }
  const [small, large] = tables.map(({ songs }) => median(averages.get(songs.table) ?? []));
  report(
    `${name}, table of ${items} beside one of ${SMALL}`,
    `${Math.round(large ?? 0)} µs, ${times((large ?? 0) / (small ?? 1))} of ${Math.round(small ?? 0)} µs`,
    "<= 2x",
  );
}
client.destroy();
