import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createKeyedCache, type KeyedCache, MAX_KEPT_CACHES } from "./keyedCache.ts";

let folder: string;
let builds: number;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aloft-keyed-"));
  builds = 0;
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A build of its own that caches the folder `deps` under a key; what it finds there, and how it leaves it. */
const build = (key: string, more: Partial<KeyedCache> = {}) => {
  const root = join(folder, `build${builds++}`);
  const roots = { source: join(root, "src"), home: join(root, "home") };
  const log = { agent: (text: string) => void said.push(text), output: () => {} };
  const wanted = { paths: ["deps/**/*"], key, fallbackKeys: [], ...more };
  const cache = createKeyedCache(join(folder, "cache"), wanted, roots, `scratch${builds}`, log);
  const file = join(roots.source, "deps", "file");
  return {
    cache,
    found: () => (existsSync(file) ? readFileSync(file, "utf8") : undefined),
    leave: (text: string) => {
      mkdirSync(join(roots.source, "deps"), { recursive: true });
      writeFileSync(file, text);
    },
  };
};
const run = async (key: string, leaves: string, more: Partial<KeyedCache> = {}) => {
  const { cache, found, leave } = build(key, more);
  await cache.restore();
  const before = found();
  leave(leaves);
  await cache.keep();
  return before;
};

const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 32);
const fileOf = (key: string, name: string) =>
  join(folder, "cache", digest(JSON.stringify(["deps/**/*"])), digest(key), name);

it("keeps what is first kept under a key, and gives it to every build that asks for it", async () => {
  expect(await run("k-1", "one")).toBeUndefined();
  expect(await run("k-1", "other")).toBe("one");
  expect(await run("k-1", "other")).toBe("one");
  expect(await run("k-2", "two")).toBeUndefined();
  expect(said).toContain("The cache of the key k-1 is there already, and stays as it is");
});

it("takes the newest cache whose key begins as a fallback does, the first fallback first", async () => {
  await run("npm-1", "one");
  await run("npm-2", "two");
  await run("yarn-1", "yarn");
  utimesSync(fileOf("npm-1", "key"), 1, 2000);
  utimesSync(fileOf("npm-2", "key"), 1, 1000);
  expect(await run("npm-3", "three", { fallbackKeys: ["pnpm-", "npm-", "yarn-"] })).toBe("one");
  expect(await run("npm-4", "four", { fallbackKeys: ["none"] })).toBeUndefined();
});

it("holds caches of other paths apart, and leaves what the source has", async () => {
  await run("k", "one");
  expect(await run("k", "two", { paths: ["deps/**/*", "more/**/*"] })).toBeUndefined();
  const { cache, found, leave } = build("k");
  leave("of the source");
  await cache.restore();
  expect(found()).toBe("of the source");
});

it("keeps as many caches as there is room for, those that were of use last", async () => {
  for (let n = 0; n < MAX_KEPT_CACHES; n++) {
    await run(`k-${n}`, `${n}`);
    utimesSync(fileOf(`k-${n}`, "used"), 1, 1000 + n);
  }
  expect(await run("k-0", "0")).toBe("0");
  await run("new", "new");
  expect(await run("k-0", "0")).toBe("0");
  expect(existsSync(fileOf("k-1", "key"))).toBe(false);
  expect(existsSync(fileOf("k-2", "key"))).toBe(true);
});
