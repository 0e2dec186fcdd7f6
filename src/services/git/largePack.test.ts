import { createHash, randomBytes } from "node:crypto";
import { createReadStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gitFixture } from "./testGit.ts";

const LIMIT_MS = 240_000;
const MIB = 1024 * 1024;
const PACK_BYTES = 100 * MIB;
/** A pack that were held whole anywhere on its way would show: once in, once out. */
const MAX_GROWTH_BYTES = 64 * MIB;

const digestOf = async (path: string): Promise<string> => {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
};

/** The most memory that was held outside of the heap while work went on, beyond what was before. */
const growthOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.memoryUsage().arrayBuffers;
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  }, 5);
  try {
    await work();
  } finally {
    clearInterval(look);
  }
  return most - before;
};

test("a pack of a hundred megabytes is pushed and cloned, shallow and in part too, without being held", {
  timeout: LIMIT_MS,
}, async () => {
  await using fixture = await gitFixture();
  const { git, folder, remote } = fixture;
  const path = join(folder, "large");
  for (let done = 0; done < PACK_BYTES; done += 10 * MIB) {
    writeFileSync(path, randomBytes(10 * MIB), { flag: "a" });
  }
  await git("init", "-q");
  await git("config", "core.compression", "0");
  await fixture.commit("large");
  expect(await growthOf(() => git("push", "-q", remote(), "HEAD:main"))).toBeLessThan(MAX_GROWTH_BYTES);
  const digest = await digestOf(path);
  expect(await growthOf(() => git("clone", "-q", "--depth=1", remote(), "copy"))).toBeLessThan(MAX_GROWTH_BYTES);
  expect(await digestOf(join(folder, "copy", "large"))).toBe(digest);
  await git("clone", "-q", "--filter=blob:none", "--no-checkout", remote(), "part");
  const { stdout } = await git("-C", "part", "count-objects", "-v");
  expect(Number(/size-pack: (\d+)/.exec(stdout)?.[1])).toBeLessThan(100);
});
