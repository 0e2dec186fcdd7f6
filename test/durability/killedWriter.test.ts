import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DescribeTableCommand, DynamoDBClient, paginateQuery, paginateScan } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { startCloud } from "../../src/index.ts";
import { bundled } from "../bundled.ts";
import { configOf, temporaryDirectory } from "../socket/clouds.ts";

/** Each run kills these many writers at once: most of a run is its start, which they share. */
const WRITERS = 5;
const RUNS = 20;
const NUMBERS_A_RUN = 100_000;

/** What each of the writers had acknowledged when they were killed. */
type Acknowledged = ReadonlyMap<string, readonly number[]>;

/** Runs the writers until they have acknowledged so many writes, and kills them in the middle of the next. */
const writeAndKill = async (program: string, states: readonly string[], run: number): Promise<Acknowledged> => {
  const child = spawn(process.execPath, [program, String(run * NUMBERS_A_RUN), ...states], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });
  const exited = once(child, "exit");
  const acknowledged = new Map<string, number[]>();
  let count = 0;
  // From at once, when each has begun, to well into the load.
  const enough = 1 + ((run * 37) % 200);
  for await (const line of createInterface({ input: child.stdout })) {
    const [index, n] = line.split(" ").map(Number);
    const state = states[index ?? 0] ?? "";
    const numbers = acknowledged.get(state) ?? [];
    acknowledged.set(state, numbers);
    numbers.push(n ?? 0);
    count += 1;
    if (count >= enough && acknowledged.size === states.length) child.kill("SIGKILL");
  }
  expect(await exited).toEqual([null, "SIGKILL"]);
  return acknowledged;
};

/** The table is whole: it holds what was acknowledged, both halves of pairs, and the index and the counts say the same. */
const check = async (state: string, acknowledged: readonly number[]): Promise<void> => {
  await using cloud = await startCloud({ state });
  const client = new DynamoDBClient(configOf(cloud));
  const ids = new Set<string>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName: "facts", ProjectionExpression: "id" }))
    for (const { id } of Items) ids.add(id?.S ?? "");
  for (const n of acknowledged) expect(ids.has(`${n}`), `the acknowledged write ${n}`).toBe(true);
  const halves = [...ids].filter((id) => Number.parseInt(id, 10) % 2 === 1);
  for (const id of halves) {
    const other = id.endsWith("-pair") ? id.replace("-pair", "") : `${id}-pair`;
    expect(ids.has(other), `the other half of ${id}`).toBe(true);
  }
  const indexed = new Set<string>();
  const byKind = {
    TableName: "facts",
    IndexName: "by-kind",
    KeyConditionExpression: "kind = :k",
    ExpressionAttributeValues: { ":k": { S: "fact" } },
  };
  for await (const { Items = [] } of paginateQuery({ client }, byKind))
    for (const { id } of Items) indexed.add(id?.S ?? "");
  expect(indexed).toEqual(ids);
  // After a crash a table is counted anew, beside everything else, once somebody asks.
  const describeTable = () => client.send(new DescribeTableCommand({ TableName: "facts" }));
  await describeTable();
  await cloud.tasks.idle();
  expect((await describeTable()).Table?.ItemCount).toBe(ids.size);
  client.destroy();
};

describe("a writer under load, killed a hundred times", () => {
  it("loses nothing it acknowledged, and no half of a pair", { timeout: 600_000 }, async () => {
    using directory = temporaryDirectory();
    using files = temporaryDirectory();
    const program = await bundled("test/durability/writer.ts", files.path);
    const states = Array.from({ length: WRITERS }, (_unused, index) => join(directory.path, `${index}`));
    for (const state of states) mkdirSync(state);
    const acknowledged = new Map(states.map((state): [string, number[]] => [state, []]));
    let kills = 0;
    for (let run = 0; run < RUNS; run++)
      for (const [state, numbers] of await writeAndKill(program, states, run)) {
        acknowledged.get(state)?.push(...numbers);
        kills += 1;
      }
    expect(kills).toBe(100);
    for (const [state, numbers] of acknowledged) {
      expect(new Set(numbers).size).toBe(numbers.length);
      await check(state, numbers);
    }
  });
});
