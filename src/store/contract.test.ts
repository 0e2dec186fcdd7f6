import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenStore } from "./openStore.ts";
import type { Codec, Key, KeyRange, Records } from "./records.ts";
import { STORES } from "./storesUnderTest.ts";

interface Fact {
  readonly n: number;
}

describe.each(STORES)("a store %s", (_where, open) => {
  let store: OpenStore;
  let records: Records;
  beforeEach(async () => {
    store = await open();
    records = store.records;
  });
  afterEach(() => store[Symbol.asyncDispose]());

  const facts = () => records.collection<Fact>("facts");
  const fill = (...keys: Key[]) => {
    for (const [n, key] of keys.entries()) facts().put(key, { n });
  };
  const keysOf = (range?: Parameters<ReturnType<typeof facts>["range"]>[0]) =>
    Array.from(facts().range(range), ({ key }) => key);

  describe("a collection", () => {
    it("gives back what was put, at once and after the commit", async () => {
      fill("a");
      expect(facts().get("a")).toEqual({ n: 0 });
      await records.committed();
      expect(facts().get("a")).toEqual({ n: 0 });
      facts().put("a", { n: 7 });
      expect(facts().get("a")).toEqual({ n: 7 });
    });

    it("is empty until something is put", () => {
      expect(facts().get("a")).toBeUndefined();
      expect(facts().has("a")).toBe(false);
      expect(facts().delete("a")).toBe(false);
      expect(keysOf()).toEqual([]);
      expect(facts().count()).toBe(0);
      facts().clear();
      facts().clear({ prefix: ["a"] });
      expect(records.names()).toEqual([]);
    });

    it("gives values alone as it gives entries, whatever the codec", () => {
      const plain: Codec<string> = { encode: (text) => text, decode: String, plainText: true };
      const texts = records.collection("texts", plain);
      for (let n = 0; n < 100; n++) {
        facts().put([n % 7, n], { n });
        texts.put([n % 7, n], `text ${n}`);
      }
      for (const range of [
        {},
        { prefix: [3] },
        { reverse: true, limit: 40 },
        { gt: [2, 5], limit: 1 },
        { prefix: [9] },
      ]) {
        expect([...texts.values(range)]).toEqual(Array.from(texts.range(range), ({ value }) => value));
        expect([...facts().values(range)]).toEqual(Array.from(facts().range(range), ({ value }) => value));
      }
    });

    it("reads what was written last, though rows stay in memory", () => {
      const kept = () => records.collection<Fact>("kept", undefined, { cached: true });
      const other = kept();
      kept().put("a", { n: 1 });
      expect(other.get("a")).toEqual({ n: 1 });
      other.put("a", { n: 2 });
      expect(kept().get("a")).toEqual({ n: 2 });
      expect(() =>
        records.atomically(() => {
          kept().put("a", { n: 3 });
          throw new Error("taken back");
        }),
      ).toThrow("taken back");
      expect(other.get("a")).toEqual({ n: 2 });
      kept().delete("a");
      expect(other.get("a")).toBeUndefined();
      kept().put("b", { n: 4 });
      kept().clear({ gte: "b" });
      expect(other.get("b")).toBeUndefined();
      kept().put("c", { n: 5 });
      records.drop("kept");
      expect(other.get("c")).toBeUndefined();
    });

    it("reads pages as they are now, though pages stay in memory", () => {
      const plain: Codec<string> = { encode: (text) => text, decode: String, plainText: true };
      const kept = () => records.collection("pages", plain, { cached: true });
      const page = (range: KeyRange = { limit: 2 }) => [...kept().values(range)];
      for (const key of ["a", "b", "c"]) kept().put(key, key);
      expect([page(), page(), page({ limit: 2, reverse: true })]).toEqual([
        ["a", "b"],
        ["a", "b"],
        ["c", "b"],
      ]);
      kept().put("b", "changed");
      expect([page(), page({})]).toEqual([
        ["a", "changed"],
        ["a", "changed", "c"],
      ]);
      expect(() =>
        records.atomically(() => {
          kept().delete("a");
          expect(page()).toEqual(["changed", "c"]);
          throw new Error("taken back");
        }),
      ).toThrow("taken back");
      expect(page()).toEqual(["a", "changed"]);
      kept().clear({ gte: "b" });
      expect(page({})).toEqual(["a"]);
      records.drop("pages");
      expect(page()).toEqual([]);
    });

    it("tells whether a key was there to delete", () => {
      fill("a");
      expect(facts().has("a")).toBe(true);
      expect(facts().delete("a")).toBe(true);
      expect(facts().delete("a")).toBe(false);
      expect(facts().has("a")).toBe(false);
    });

    it("keeps strings, numbers, bytes and tuples apart, and gives them back as they were", () => {
      const keys: Key[] = ["1", 1, ["1"], [1], Buffer.from("1"), [Buffer.from("1")], ["1", 1], [], "", ["", ""]];
      fill(...keys);
      expect(facts().count()).toBe(keys.length);
      for (const [n, key] of keys.entries()) expect(facts().get(key)).toEqual({ n });
      expect(new Set(keysOf().map((key) => JSON.stringify(key))).size).toBe(keys.length);
    });

    it("refuses what cannot be kept, and is none the worse for it", async () => {
      expect(() => records.collection<unknown>("facts").put("a", undefined)).toThrow(TypeError);
      expect(() => facts().put(Number.NaN, { n: 1 })).toThrow(RangeError);
      fill("b");
      await records.committed();
      expect(keysOf()).toEqual(["b"]);
    });

    it("keeps what a codec makes of a value", () => {
      const bytes: Codec<Uint8Array> = { encode: (value) => value, decode: (stored) => Buffer.from(stored) };
      const raw = records.collection("raw", bytes);
      raw.put("a", Buffer.from([0, 1, 255]));
      raw.put("b", Buffer.alloc(0));
      expect(raw.get("a")).toEqual(Buffer.from([0, 1, 255]));
      expect(raw.get("b")).toEqual(Buffer.alloc(0));
      const text: Codec<string> = { encode: (value) => value, decode: String };
      expect(() => records.collection("text", text).put("a", "a\u0000b")).toThrow(/NUL/);
      records.collection("text", text).put("a", "");
      expect(records.collection("text", text).get("a")).toBe("");
    });
  });

  describe("a range", () => {
    it("is in the order of keys, either way", () => {
      fill("b", "a", "ab", "", "é", "z", "😀", "\uffff");
      expect(keysOf()).toEqual(["", "a", "ab", "b", "z", "é", "\uffff", "😀"]);
      expect(keysOf({ reverse: true, limit: 3 })).toEqual(["😀", "\uffff", "é"]);
    });

    it("orders numbers by value", () => {
      fill(10, 9, -1, 0.5, 0, -10, 1e300);
      expect(keysOf()).toEqual([-10, -1, 0, 0.5, 9, 10, 1e300]);
    });

    it("honours its bounds", () => {
      fill("a", "b", "c", "d");
      expect(keysOf({ gt: "a", lt: "d" })).toEqual(["b", "c"]);
      expect(keysOf({ gte: "a", lte: "d" })).toEqual(["a", "b", "c", "d"]);
      expect(keysOf({ gt: "b", reverse: true })).toEqual(["d", "c"]);
      expect(keysOf({ gte: "b", limit: 2 })).toEqual(["b", "c"]);
      expect(keysOf({ limit: 0 })).toEqual([]);
      expect(facts().count({ gt: "a" })).toBe(3);
      expect(facts().count({ gt: "a", limit: 2 })).toBe(2);
    });

    it("of a prefix holds the tuples under it", () => {
      fill(["a", 1], ["a", 2], ["a"], ["aa", 1], ["b", 1], ["a", 2, "x"]);
      expect(keysOf({ prefix: ["a"] })).toEqual([["a"], ["a", 1], ["a", 2], ["a", 2, "x"]]);
      expect(keysOf({ prefix: ["a"], gt: ["a", 1] })).toEqual([
        ["a", 2],
        ["a", 2, "x"],
      ]);
      expect(keysOf({ prefix: ["a"], reverse: true, limit: 1 })).toEqual([["a", 2, "x"]]);
      facts().clear({ prefix: ["a"] });
      expect(keysOf()).toEqual([
        ["aa", 1],
        ["b", 1],
      ]);
    });

    it("of many entries is read in pages, and may be written to meanwhile", () => {
      const many = 2500;
      for (let n = 0; n < many; n++) facts().put(n, { n });
      const seen: Key[] = [];
      for (const { key, value } of facts().range()) {
        seen.push(key);
        facts().delete(key);
        facts().put(-value.n - 1, value);
      }
      expect(seen).toEqual(Array.from({ length: many }, (_, n) => n));
      expect(facts().count()).toBe(many);
      expect(keysOf({ reverse: true, limit: 700 })).toHaveLength(700);
    });

    it("may be left early", () => {
      fill("a", "b", "c");
      for (const { key } of facts().range()) {
        facts().delete(key);
        break;
      }
      records.drop("facts");
      expect(keysOf()).toEqual([]);
    });
  });

  describe("atomically", () => {
    const failing = (work: () => void) => () =>
      records.atomically(() => {
        work();
        throw new Error("no");
      });

    it("keeps all writes, and gives back the result", () => {
      const result = records.atomically(() => {
        fill("a", "b");
        return "done";
      });
      expect(result).toBe("done");
      expect(keysOf()).toEqual(["a", "b"]);
    });

    it("keeps none when the work throws, and leaves what was written before in the same turn", async () => {
      fill("a");
      expect(
        failing(() => {
          facts().put("a", { n: 9 });
          facts().put("b", { n: 9 });
          facts().delete("a");
        }),
      ).toThrow("no");
      expect(facts().get("a")).toEqual({ n: 0 });
      await records.committed();
      expect(keysOf()).toEqual(["a"]);
    });

    it("nests: the inner work alone is undone", () => {
      records.atomically(() => {
        facts().put("outer", { n: 1 });
        expect(failing(() => facts().put("inner", { n: 2 }))).toThrow("no");
        records.atomically(() => facts().put("second", { n: 3 }));
      });
      expect(keysOf()).toEqual(["outer", "second"]);
    });

    it("nests: the outer undoes what the inner kept", () => {
      expect(failing(() => records.atomically(() => facts().put("inner", { n: 2 })))).toThrow("no");
      expect(keysOf()).toEqual([]);
    });

    it("undoes collections that came or went", async () => {
      fill("a");
      expect(
        failing(() => {
          records.collection("new").put("x", 1);
          records.drop("facts");
          facts().put("z", { n: 1 });
        }),
      ).toThrow("no");
      expect(records.names()).toEqual(["facts"]);
      expect(keysOf()).toEqual(["a"]);
      records.collection("new").put("x", 2);
      await records.committed();
      expect(records.collection("new").get("x")).toBe(2);
    });

    it("takes no work that waits", () => {
      expect(() => records.atomically(async () => fill("a"))).toThrow(TypeError);
      expect(keysOf()).toEqual([]);
    });

    it("costs nothing that reads cannot bear: work without writes", async () => {
      expect(records.atomically(() => facts().get("a"))).toBeUndefined();
      await records.committed();
    });
  });

  describe("names and scopes", () => {
    it("are kept apart", () => {
      const eu = records.scope("dynamodb/000000000000/eu-west-1");
      const us = records.scope("dynamodb").scope("000000000000").scope("us-east-1");
      eu.collection("tables").put("a", 1);
      us.collection("tables").put("a", 2);
      us.collection("items/a").put("a", 3);
      expect(eu.collection("tables").get("a")).toBe(1);
      expect(eu.names()).toEqual(["tables"]);
      expect(us.names()).toEqual(["items/a", "tables"]);
      expect(records.names()).toHaveLength(3);
      us.drop("tables");
      expect(us.collection("tables").get("a")).toBeUndefined();
      expect(eu.collection("tables").get("a")).toBe(1);
    });

    it("may hold anything", () => {
      for (const name of ["it's", 'a "name"', "x; DROP TABLE collections", "é😀", "a%b_"]) {
        records.collection(name).put("k", name);
        expect(records.collection(name).get("k")).toBe(name);
      }
    });

    it("are of collections that were written to and not dropped", () => {
      fill("a");
      facts().delete("a");
      expect(records.names()).toEqual(["facts"]);
      facts().clear();
      expect(records.names()).toEqual([]);
      fill("b");
      expect(keysOf()).toEqual(["b"]);
      store.records.reset();
      expect(records.names()).toEqual([]);
      expect(keysOf()).toEqual([]);
    });
  });

  it("closed takes no more", async () => {
    fill("a");
    await store.records[Symbol.asyncDispose]();
    expect(() => fill("b")).toThrow("the store is closed");
    await expect(records.committed()).rejects.toThrow("the store is closed");
  });

  it("behaves as a map does, whatever is done to it", () => {
    const key = fc.oneof(fc.constantFrom("a", "b", "c", "\u0000", "é"), fc.integer({ min: -2, max: 2 }));
    const step = fc.oneof(
      fc.record({ do: fc.constant("put"), key, n: fc.nat() }),
      fc.record({ do: fc.constant("delete"), key, n: fc.nat() }),
      fc.record({ do: fc.constant("clear"), key, n: fc.nat() }),
    );
    let run = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.array(step, { maxLength: 8 })), { maxLength: 8 }), (histories) => {
        const real = records.collection<number>(`run${run++}`);
        let model = new Map<string | number, number>();
        for (const [kept, steps] of histories) {
          const before = new Map(model);
          const work = () => {
            for (const one of steps) {
              if (one.do === "put") {
                real.put(one.key, one.n);
                model.set(one.key, one.n);
              } else if (one.do === "delete") {
                expect(real.delete(one.key)).toBe(model.delete(one.key));
              } else {
                real.clear({ gte: one.key, lte: one.key });
                model.delete(one.key);
              }
            }
            if (!kept) throw new Error("undo");
          };
          try {
            records.atomically(work);
          } catch (error) {
            expect((error as Error).message).toBe("undo");
            model = before;
          }
        }
        expect(new Map(Array.from(real.range(), ({ key, value }) => [key, value]))).toEqual(model);
        expect(real.count()).toBe(model.size);
      }),
      { numRuns: 60 },
    );
  });
});
