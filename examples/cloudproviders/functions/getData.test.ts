import assert from "node:assert/strict";
import { test } from "node:test";
import { getData } from "./getData.ts";
import type { Provider } from "./provider.ts";

const row = (provider: string, launched: number): Provider => ({
  provider,
  launched,
  firstService: "Storage",
  url: "https://cloud.example/",
});

test("all rows are answered as JSON, the oldest first", async () => {
  const list = async () => [row("Younger", 2015), row("B", 2010), row("A", 2010)];
  const response = await getData({ list })();
  assert.equal(response.statusCode, 200);
  assert.match(String(response.headers?.["content-type"]), /^application\/json/);
  const rows: Provider[] = JSON.parse(response.body ?? "");
  assert.deepEqual(
    rows.map((each) => each.provider),
    ["A", "B", "Younger"],
  );
});

test("an empty table is an empty list", async () => {
  assert.equal((await getData({ list: async () => [] })()).body, "[]");
});

test("an error of the table is not hidden: the function fails, and its alarm can ring", async () => {
  const list = () => Promise.reject(new Error("AccessDeniedException"));
  await assert.rejects(getData({ list })(), /AccessDenied/);
});
