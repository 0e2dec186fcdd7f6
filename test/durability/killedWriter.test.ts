import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DescribeTableCommand, DynamoDBClient, paginateQuery, paginateScan } from "@aws-sdk/client-dynamodb";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { startCloud } from "../../src/index.ts";
import { configOf, temporaryDirectory } from "../socket/clouds.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const KILLS = 100;
const NUMBERS_A_RUN = 100_000;

/** The writer bundled, each service in a file of its own: it starts in a fraction of the time that its sources take. */
const bundled = async (outdir: string): Promise<string> => {
  await build({
    absWorkingDir: ROOT,
    entryPoints: { writer: "test/durability/writer.ts" },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20",
    format: "esm",
    mainFields: ["module", "main"],
    external: ["esbuild"],
    // The store's binding finds its binary beside itself, so it is required from where it lies.
    banner: {
      js: `import { createRequire as __createRequire } from "node:module"; const require = __createRequire(${JSON.stringify(join(ROOT, "package.json"))}); const __libsql = require("libsql");`,
    },
    plugins: [
      {
        name: "libsql stays where it is",
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /^libsql$/ }, () => ({ path: "libsql", namespace: "required" }));
          onLoad({ filter: /.*/, namespace: "required" }, () => ({ contents: "module.exports = __libsql;" }));
        },
      },
    ],
    logLevel: "error",
  });
  return join(outdir, "writer.mjs");
};

/** Runs the writer until it has acknowledged so many writes, and kills it in the middle of the next. */
const writeAndKill = async (writer: string, state: string, run: number): Promise<readonly number[]> => {
  const child = spawn(process.execPath, [writer, state, String(run * NUMBERS_A_RUN)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });
  const exited = once(child, "exit");
  const acknowledged: number[] = [];
  // From at once to well into the load.
  const enough = 1 + ((run * 37) % 90);
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(Number(line));
    if (acknowledged.length === enough) child.kill("SIGKILL");
  }
  expect(await exited).toEqual([null, "SIGKILL"]);
  return acknowledged;
};

describe("a writer under load, killed a hundred times", () => {
  it("loses nothing it acknowledged, and no half of a pair", { timeout: 600_000 }, async () => {
    using directory = temporaryDirectory();
    using files = temporaryDirectory();
    const writer = await bundled(files.path);
    const acknowledged: number[] = [];
    for (let run = 0; run < KILLS; run++) acknowledged.push(...(await writeAndKill(writer, directory.path, run)));
    expect(new Set(acknowledged).size).toBe(acknowledged.length);

    await using cloud = await startCloud({ state: directory.path });
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
    const describe = () => client.send(new DescribeTableCommand({ TableName: "facts" }));
    await describe();
    await cloud.tasks.idle();
    expect((await describe()).Table?.ItemCount).toBe(ids.size);
    client.destroy();
  });
});
