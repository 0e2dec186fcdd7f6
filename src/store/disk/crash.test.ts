import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundled } from "../../../test/bundled.ts";
import { temporaryDirectory } from "../../../test/socket/clouds.ts";
import type { Written } from "./crashingWriter.ts";
import { openDiskStore } from "./diskStore.ts";

/** Runs the writer until it has acknowledged so many writes, and kills it in the middle of the next. */
const writeAndKill = async (
  writer: string,
  directory: string,
  acknowledgements: number,
): Promise<readonly number[]> => {
  const child = spawn(process.execPath, [writer, directory], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const acknowledged: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(Number(line));
    if (acknowledged.length === acknowledgements) child.kill("SIGKILL");
  }
  expect(await exited).toEqual([null, "SIGKILL"]);
  return acknowledged;
};

describe("a writer that is killed", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "aloft-crash-"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it("loses nothing it acknowledged, and leaves nothing half done", { timeout: 120_000 }, async () => {
    using files = temporaryDirectory();
    const writer = await bundled("src/store/disk/crashingWriter.ts", files.path);
    const acknowledged: number[] = [];
    for (const count of [1, 2, 3, 5, 8, 13, 21, 40, 77, 150, 300, 4]) {
      acknowledged.push(...(await writeAndKill(writer, directory, count)));
      await check(directory, acknowledged);
    }
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
  });
});

const check = async (directory: string, acknowledged: readonly number[]): Promise<void> => {
  const store = await openDiskStore(directory);
  try {
    const left = store.records.collection<Written>("crash.left");
    const right = store.records.collection<Written>("crash.right");
    for (const n of acknowledged) expect(right.get(n), `the acknowledged write ${n}`).toMatchObject({ n });
    expect(Array.from(left.range(), ({ key }) => key)).toEqual(Array.from(right.range(), ({ key }) => key));
    const kept = Array.from(left.range(), ({ value }) => value).filter(({ released }) => !released);
    for (const blob of kept.slice(-50))
      expect((await store.blobs.bytes(blob)).length, `the blob of ${blob.n}`).toBe(blob.size);
    await store.swept;
    const holds = store.records.collection<number>("store.holds");
    expect(await filesIn(join(directory, "blobs"))).toEqual(Array.from(holds.range(), ({ key }) => key));
    expect(await readdir(join(directory, "blobs", "incoming"))).toEqual([]);
    const counted = new Map<unknown, number>();
    for (const { sha256 } of kept) counted.set(sha256, (counted.get(sha256) ?? 0) + 1);
    expect(new Map(Array.from(holds.range(), ({ key, value }) => [key, value]))).toEqual(counted);
  } finally {
    await store[Symbol.asyncDispose]();
  }
};

const filesIn = async (directory: string): Promise<readonly string[]> => {
  const folders = (await readdir(directory)).filter((name) => name !== "incoming");
  const files = await Promise.all(folders.map((name) => readdir(join(directory, name))));
  return files.flat().sort();
};
