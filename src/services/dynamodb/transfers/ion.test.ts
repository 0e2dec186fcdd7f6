import { Readable } from "node:stream";
import fc from "fast-check";
import * as ion from "ion-js";
import { describe, expect, test } from "vitest";
import type { Item } from "../values/attributeValue.ts";
import { attributeValue } from "../values/valueArbitraries.ts";
import { ionItems, ionLine } from "./ion.ts";

const itemsIn = async (text: string): Promise<readonly (Item | string)[]> => {
  const items: (Item | string)[] = [];
  for await (const { read } of ionItems(Readable.from([Buffer.from(text)]))) {
    try {
      items.push(read());
    } catch (error) {
      items.push(error instanceof Error ? error.name : "");
    }
  }
  return items;
};

test("an item is written as AWS writes it", () => {
  const item: Item = {
    Authors: { SS: ["Author1", "Author2"] },
    Id: { N: "103" },
    InPublication: { BOOL: false },
    PageCount: { N: "600" },
    Price: { N: "-1.5" },
    Zero: { N: "0" },
    "a key": { L: [{ NULL: true }, { M: { b: { B: "AQID" } } }] },
  };
  expect(ionLine(ion, { Item: item })).toBe(
    '$ion_1_0 {Item:{Authors:$dynamodb_SS::["Author1","Author2"],Id:103.,InPublication:false,PageCount:6d2,Price:-1.5,Zero:0.,\'a key\':[null,{b:{{AQID}}}]}}',
  );
});

test("what is written is read again, whatever it holds", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.dictionary(fc.string({ minLength: 1 }), attributeValue), { maxLength: 3 }),
      async (items) => {
        const text = items.map((Item) => `${ionLine(ion, { Item })}\n`).join("");
        expect(await itemsIn(text)).toEqual(items);
      },
    ),
  );
});

describe("lines that others write", () => {
  test.each<[string, string, Item | "ValidationException"]>([
    ["without a version, with comments", '{ Item: { id: "a" } } // one', { id: { S: "a" } }],
    ["integers", "$ion_1_0 {Item:{n:5}}", { n: { N: "5" } }],
    ["a number that DynamoDB cannot hold", "{Item:{n:1d200}}", "ValidationException"],
    ["symbols, times and floats", "{Item:{s:word}}", "ValidationException"],
    ["a set of several types", '{Item:{s:$dynamodb_SS::["a", 1]}}', "ValidationException"],
    ["no item", "{item:{}}", "ValidationException"],
    ["two items", "{Item:{}} {Item:{}}", "ValidationException"],
    ["a line that breaks off", "{Item:{id:", "ValidationException"],
    ["no Ion", ")(", "ValidationException"],
    ["no structure", "5", "ValidationException"],
  ])("%s", async (_name, line, expected) => expect(await itemsIn(`\n${line}\n\n`)).toEqual([expected]));
});
