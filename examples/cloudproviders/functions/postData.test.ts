import assert from "node:assert/strict";
import { test } from "node:test";
import { postData } from "./postData.ts";
import type { Provider } from "./provider.ts";

const ROW = { provider: "Example Cloud", launched: 2012, firstService: "Storage", url: "https://cloud.example/" };
const now = () => new Date("2026-01-01T00:00:00Z");

function tableFake({ taken = false } = {}) {
  const added: Provider[] = [];
  const add = async (row: Provider) => {
    if (!taken) added.push(row);
    return !taken;
  };
  return { table: { add }, added };
}

test("a valid row is added and answered", async () => {
  const { table, added } = tableFake();
  const response = await postData(table, now)({ body: JSON.stringify(ROW), isBase64Encoded: false });
  assert.equal(response.statusCode, 201);
  assert.deepEqual(JSON.parse(response.body ?? ""), ROW);
  assert.deepEqual(added, [ROW]);
});

test("a base64 body is read", async () => {
  const { table, added } = tableFake();
  const body = Buffer.from(JSON.stringify(ROW)).toString("base64");
  assert.equal((await postData(table, now)({ body, isBase64Encoded: true })).statusCode, 201);
  assert.deepEqual(added, [ROW]);
});

test("an invalid row is refused with its problems, and nothing is written", async () => {
  const { table, added } = tableFake();
  const response = await postData(
    table,
    now,
  )({ body: JSON.stringify({ ...ROW, launched: 2027 }), isBase64Encoded: false });
  assert.equal(response.statusCode, 400);
  assert.deepEqual(JSON.parse(response.body ?? "").problems, ["launched must be a year from 1990 to 2026."]);
  assert.deepEqual(added, []);
});

test("a provider that is there already is a conflict", async () => {
  const { table } = tableFake({ taken: true });
  const response = await postData(table, now)({ body: JSON.stringify(ROW), isBase64Encoded: false });
  assert.equal(response.statusCode, 409);
});
