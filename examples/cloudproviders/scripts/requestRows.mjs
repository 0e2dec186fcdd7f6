// Prints the input of `aws dynamodb batch-write-item` that puts the rows of data/providers.json into a table.
// Each row has a fixed key, so running it again writes the same rows.   node scripts/requestRows.mjs TABLE
import { readFile } from "node:fs/promises";

const [table] = process.argv.slice(2);
if (!table) throw new Error("usage: node scripts/requestRows.mjs TABLE");
/** @type {unknown[]} */
const items = JSON.parse(await readFile("data/providers.json", "utf8"));
console.log(JSON.stringify({ [table]: items.map((item) => ({ PutRequest: { Item: item } })) }));
