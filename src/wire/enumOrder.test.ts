import { expect, test } from "vitest";
import { enumOrder } from "./enumOrder.ts";

test.each([
  ["INDEXES TOTAL NONE", "INDEXES TOTAL NONE"],
  ["REGIONAL EDGE PRIVATE", "PRIVATE EDGE REGIONAL"],
  ["S N B", "B N S"],
])("a model's %s is listed as %s", (model, said) => {
  expect(enumOrder(model.split(" "))).toEqual(said.split(" "));
});

test("of values in one bucket the model's last comes first", () => {
  const methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"];
  expect(enumOrder(methods)).toEqual(["HEAD", "POST", "PATCH", "DELETE", "PUT", "GET", "OPTIONS"]);
});
