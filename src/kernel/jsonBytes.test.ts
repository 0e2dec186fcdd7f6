import { expect, test } from "vitest";
import { jsonBytes, knownJson } from "./jsonBytes.ts";

test("bytes made of a document are its JSON, and known as such", () => {
  const bytes = jsonBytes({ name: "Zoë" });
  expect(bytes.toString()).toBe('{"name":"Zoë"}');
  expect(knownJson(bytes)).toBe('{"name":"Zoë"}');
});

test("the same bytes from elsewhere are not known", () => {
  expect(knownJson(Buffer.from(jsonBytes({})))).toBeUndefined();
});
