import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { selectedKey, underKey } from "./selectionExpression.ts";

const variables = (name: string) => ({ "request.body.action": "join", "request.body.room": "red" })[name];

describe("the key an expression makes", () => {
  test.each([
    ["$request.body.action", "join"],
    ["${request.body.action}", "join"],
    ["${request.body.action}/${request.body.room}", "join/red"],
    ["${request.body.action}-beta", "join-beta"],
    ["$request.body.none", ""],
    ["\\$default", "$default"],
    ["$default", "$default"],
    ["200", "200"],
  ])("%s is %s", (expression, key) => {
    expect(selectedKey(expression, variables)).toBe(key);
  });

  test("a text without dollars is itself", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll("$", "");
        expect(selectedKey(plain, variables)).toBe(plain);
      }),
    );
  });
});

describe("what stands under a key", () => {
  const table = { $default: "any", "200": "fine", "/4\\d\\d/": "refused" };
  test.each([
    ["200", "fine"],
    ["404", "refused"],
    ["4040", "any"],
    ["constructor", "any"],
  ])("%s", (key, found) => {
    expect(underKey(table, key)).toBe(found);
  });

  test("is nothing where the table has no default", () => {
    expect(underKey({ a: 1 }, "b")).toBeUndefined();
    expect(underKey({ a: 1 }, "constructor")).toBeUndefined();
  });
});
