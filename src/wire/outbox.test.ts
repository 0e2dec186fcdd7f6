import { describe, expect, it } from "vitest";
import { Outbox } from "./outbox.ts";

const endOfTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

const openOutbox = () => {
  const outbox = new Outbox();
  const written: string[] = [];
  const add = (...names: string[]) => {
    for (const name of names) outbox.add(() => written.push(name));
  };
  return { outbox, written, add };
};

describe("the outbox of a turn", () => {
  it("holds answers until its end, and writes them in their order", async () => {
    const { written, add } = openOutbox();
    add("one");
    await new Promise<void>((resolve) => process.nextTick(resolve));
    add("two");
    expect(written).toEqual([]);
    await endOfTurn();
    expect(written).toEqual(["one", "two"]);
  });

  it("does not hold more than a few", async () => {
    const { written, add } = openOutbox();
    add(..."abcdefghij");
    expect(written).toEqual([..."abcdefgh"]);
    await endOfTurn();
    expect(written).toEqual([..."abcdefghij"]);
  });

  it("writes what is added while it writes in the next turn", async () => {
    const { outbox, written, add } = openOutbox();
    outbox.add(() => {
      written.push("one");
      add("two");
    });
    await endOfTurn();
    expect(written).toEqual(["one"]);
    await endOfTurn();
    expect(written).toEqual(["one", "two"]);
  });
});
