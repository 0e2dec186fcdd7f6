import { expect, test } from "vitest";
import { physicalName } from "./physicalName.ts";

const TOKEN = "ABCDEFGHIJKLMNOP";

test.each([
  ["stack, logical id and a tail", {}, "shop-Table-ABCDEFGHIJKL"],
  ["in lower case where the type asks", { lowerCase: true }, "shop-table-abcdefghijkl"],
  ["without the stack where nothing stands in its place", { prefix: "" }, "Table-ABCDEFGHIJKL"],
  ["cut before the tail", { maxLength: 20 }, "sho-Tab-ABCDEFGHIJKL"],
])("a generated name: %s", (_what, options, name) => {
  expect(physicalName("shop", "Table", TOKEN, options)).toBe(name);
});
