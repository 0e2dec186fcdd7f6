import { expect, test } from "vitest";
import { modelFaults } from "./modelFaults.ts";

const addressOf = (name: string) => `https://models/${name}`;
const ITEM = { type: "object", required: ["id"], properties: { id: { type: "integer" } } };
const faults = modelFaults(
  [
    { name: "Item", schema: JSON.stringify(ITEM) },
    { name: "Items", schema: JSON.stringify({ type: "array", items: { $ref: addressOf("Item") } }) },
    { name: "Any" },
  ],
  addressOf,
);

test.each([
  ["Item", '{"id":1}', undefined],
  ["Item", "{}", '[object has missing required properties (["id"])]'],
  [
    "Items",
    '[{"id":"x"}]',
    '[instance type (string) does not match any allowed primitive type (allowed: ["integer"])]',
  ],
  ["Any", "[1]", undefined],
  ["None", "{}", undefined],
  ["Item", "{", "Invalid JSON"],
])("by %s, of %s: %s", (model, body, fault) => {
  expect(faults(model, body)).toBe(fault);
});
