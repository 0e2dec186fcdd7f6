import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BlobTooLarge } from "./blobs.ts";
import type { OpenStore } from "./openStore.ts";
import type { Records } from "./records.ts";
import { STORES } from "./storesUnderTest.ts";

describe.each(STORES)("blobs %s", (_where, open) => {
  let store: OpenStore;
  let records: Records;
  beforeEach(async () => {
    store = await open();
    records = store.records;
  });
  afterEach(() => store[Symbol.asyncDispose]());

  const HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
  const hello = () => store.blobs.write(Buffer.from("hello"));
  const text = async (stream: Readable) => (await buffer(stream)).toString();
  /** The file of a released blob goes once the release is committed. */
  const gone = async () => {
    await records.committed();
    await new Promise((resolve) => setImmediate(resolve));
  };

  it("are named by what they hold", async () => {
    const blob = await hello();
    expect(blob).toEqual({ sha256: HELLO, md5: "5d41402abc4b2a76b9719d911017c592", size: 5 });
    expect(await store.blobs.write(Readable.from([Buffer.from("he"), Buffer.from("llo")]))).toEqual(blob);
    expect((await store.blobs.bytes(blob)).toString()).toBe("hello");
    expect(await readFile(await store.blobs.path(blob), "utf8")).toBe("hello");
  });

  it("are read whole or in part", async () => {
    const blob = await hello();
    expect(await text(store.blobs.read(blob))).toBe("hello");
    expect(await text(store.blobs.read(blob, { start: 1, end: 3 }))).toBe("ell");
    expect(await text(store.blobs.read(blob, { start: 4, end: 9 }))).toBe("o");
    const empty = await store.blobs.write(Buffer.alloc(0));
    expect(empty.size).toBe(0);
    expect(await text(store.blobs.read(empty))).toBe("");
  });

  it("are put together from others", async () => {
    const [one, two] = [await hello(), await store.blobs.write(Buffer.from(" world"))];
    const both = await store.blobs.concat([one, two, one]);
    expect(await text(store.blobs.read(both))).toBe("hello worldhello");
    expect(both.size).toBe(16);
    expect(await text(store.blobs.read(await store.blobs.concat([])))).toBe("");
  });

  it("that are too large leave nothing behind", async () => {
    const limit = { maxBytes: 4 };
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.from("hello");
      })(),
    );
    await expect(store.blobs.write(endless, limit)).rejects.toThrow(BlobTooLarge);
    await expect(store.blobs.write(Buffer.from("hello"), limit)).rejects.toThrow(BlobTooLarge);
    expect(records.names()).toEqual([]);
    expect(await store.blobs.write(Buffer.from("four"), limit)).toMatchObject({ size: 4 });
  });

  it("whose stream fails leave nothing behind", async () => {
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from("hel");
        throw new Error("the caller went away");
      })(),
    );
    await expect(store.blobs.write(failing)).rejects.toThrow("the caller went away");
    expect(records.names()).toEqual([]);
  });

  it("live as long as somebody holds them", async () => {
    const blob = await hello();
    await hello();
    store.blobs.hold(blob);
    store.blobs.release(blob);
    store.blobs.release(blob);
    await gone();
    expect((await store.blobs.bytes(blob)).toString()).toBe("hello");
    store.blobs.release(blob);
    await gone();
    expect(() => store.blobs.hold(blob)).toThrow("nobody holds the blob");
    expect(() => store.blobs.release(blob)).toThrow("nobody holds the blob");
    await expect(async () => store.blobs.bytes(blob)).rejects.toThrow();
    expect(await hello()).toEqual(blob);
    expect((await store.blobs.bytes(blob)).toString()).toBe("hello");
  });

  it("are released only with the work that releases them", async () => {
    const blob = await hello();
    const work = () => {
      store.blobs.release(blob);
      throw new Error("no");
    };
    expect(() => records.atomically(work)).toThrow("no");
    await gone();
    expect((await store.blobs.bytes(blob)).toString()).toBe("hello");
  });

  it("that are let go while read are read to their end", async () => {
    const bytes = Buffer.alloc(1_000_000, "x");
    const blob = await store.blobs.write(bytes);
    const stream = store.blobs.read(blob);
    store.blobs.release(blob);
    await gone();
    expect((await buffer(stream)).equals(bytes)).toBe(true);
  });

  it("written again while their last hold goes are there", async () => {
    const blob = await hello();
    for (let turn = 0; turn < 20; turn++) {
      const writing = hello();
      store.blobs.release(blob);
      await writing;
      await gone();
      expect((await store.blobs.bytes(blob)).toString()).toBe("hello");
    }
  });
});
