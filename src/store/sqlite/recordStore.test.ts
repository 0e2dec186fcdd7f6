import { describe, expect, it } from "vitest";
import { StoreFailed } from "../storeFailed.ts";
import { type Database, openDatabase } from "./database.ts";
import { createRecordStore } from "./recordStore.ts";

/** A database whose statement of that text fails from the moment `fail` is called. */
const failingAt = (sql: string): Database & { fail(): void } => {
  const database = openDatabase(":memory:");
  let failing = false;
  return {
    ...database,
    fail: () => {
      failing = true;
    },
    prepare: (text) => {
      const statement = database.prepare(text);
      if (text !== sql) return statement;
      return {
        ...statement,
        run: (parameters) => {
          if (failing) throw Object.assign(new Error("disk I/O error"), { code: "SQLITE_IOERR" });
          return statement.run(parameters);
        },
      };
    },
  };
};

describe("a store that cannot write", () => {
  it("tells everyone who waits, keeps what was committed and refuses the rest", async () => {
    const database = failingAt("COMMIT");
    const records = createRecordStore(database);
    const facts = records.collection<number>("facts");
    facts.put("a", 1);
    await records.committed();
    database.fail();
    facts.put("a", 2);
    facts.put("b", 2);
    const waiters = [records.committed(), records.committed()];
    for (const waiter of waiters) await expect(waiter).rejects.toThrow(StoreFailed);
    expect(facts.get("a")).toBe(1);
    expect(facts.has("b")).toBe(false);
    const reason =
      "The state could not be written: disk I/O error (SQLITE_IOERR). Everything confirmed before is kept. Mend the cause and start aloft again.";
    expect(() => facts.put("c", 3)).toThrow(reason);
    expect(() => facts.delete("a")).toThrow(StoreFailed);
    expect(() => records.collection("new").put("c", 3)).toThrow(StoreFailed);
    expect(() => records.drop("facts")).toThrow(StoreFailed);
    await expect(records.committed()).rejects.toThrow(StoreFailed);
    expect(records.names()).toEqual(["facts"]);
    await records[Symbol.asyncDispose]();
  });

  it("fails whole when one of a turn's writes fails, for the others may be gone with it", async () => {
    const database = openDatabase(":memory:");
    const records = createRecordStore(database);
    const facts = records.collection<string>("facts");
    facts.put("a", "kept");
    await records.committed();
    database.pragma("max_page_count = 8");
    const write = () => records.atomically(() => facts.put("large", "x".repeat(100_000)));
    facts.put("b", "in the same turn");
    expect(write).toThrow("The state could not be written: the disk is full.");
    expect(Array.from(facts.range(), ({ key }) => key)).toEqual(["a"]);
    await expect(records.committed()).rejects.toThrow(StoreFailed);
    expect(write).toThrow(StoreFailed);
    await records[Symbol.asyncDispose]();
  });

  it("undoes nothing twice when a nested piece of work fails so", async () => {
    const database = failingAt("RELEASE nested");
    const records = createRecordStore(database);
    const facts = records.collection<number>("facts");
    database.fail();
    const work = () => records.atomically(() => records.atomically(() => facts.put("a", 1)));
    expect(work).toThrow(StoreFailed);
    expect(work).toThrow(StoreFailed);
    expect(facts.has("a")).toBe(false);
  });
});

describe("commits", () => {
  it("are one for all writes of a turn", async () => {
    const counted: string[] = [];
    const database = openDatabase(":memory:");
    const records = createRecordStore({
      ...database,
      prepare: (sql) => {
        const statement = database.prepare(sql);
        if (sql !== "COMMIT") return statement;
        const run = (parameters: readonly unknown[]) => {
          counted.push(sql);
          return statement.run(parameters);
        };
        return { ...statement, run };
      },
    });
    const facts = records.collection<number>("facts");
    const request = async (n: number) => {
      await Promise.resolve();
      facts.put(n, n);
      await records.committed();
    };
    await Promise.all(Array.from({ length: 50 }, (_, n) => request(n)));
    expect(counted).toHaveLength(1);
    await records.committed();
    expect(counted).toHaveLength(1);
  });
});

describe("dropping", () => {
  it("takes a bounded time, and the rows go afterwards, also after a restart", async () => {
    const database = openDatabase(":memory:");
    const open = createRecordStore({ ...database, close: () => {} });
    const large = open.collection<number>("large");
    for (let n = 0; n < 1000; n++) large.put(n, n);
    await open.committed();
    open.drop("large");
    await open[Symbol.asyncDispose]();
    const left = () => database.prepare("SELECT count(*) FROM c1").first([])?.[0];
    expect(left()).toBe(1000);

    const again = createRecordStore(database);
    const tables = () => database.prepare("SELECT name FROM sqlite_master WHERE name LIKE 'c_'").all([]);
    for (let turn = 0; turn < 100 && tables().length > 0; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(tables()).toEqual([]);
    expect(database.prepare("SELECT count(*) FROM discarded").first([])).toEqual([0]);
    await again[Symbol.asyncDispose]();
  });

  it("many collections that are open at once", async () => {
    const records = createRecordStore(openDatabase(":memory:"));
    const collections = Array.from({ length: 1200 }, (_, n) => records.collection<number>(`facts${n}`));
    for (const [n, facts] of collections.entries()) facts.put("a", n);
    for (const [n, facts] of collections.entries()) expect(facts.get("a")).toBe(n);
    await records.committed();
    expect(records.names()).toHaveLength(1200);
    await records[Symbol.asyncDispose]();
  });
});
