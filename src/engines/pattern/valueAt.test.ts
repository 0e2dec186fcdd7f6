import { expect, test } from "vitest";
import { valueAt } from "./valueAt.ts";

const document = { detail: { items: [{ id: 1 }, { name: "b" }, { id: 3 }], "content-type": "x" }, "a/b": 2 };

test.each([
  ["$", document],
  ["$.detail.items[0].id", 1],
  ["$.detail.content-type", "x"],
  ["$.a/b", 2],
  ["$.detail.items[*].id", [1, 3]],
  ["$.detail.items[7].id", undefined],
  ["$.detail.constructor", undefined],
  ["$.detail[*]", undefined],
])("%s", (path, value) => expect(valueAt(document, path)).toEqual(value));
