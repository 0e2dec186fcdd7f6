import { BatchWriteItemCommand, CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { startCloud } from "../../src/index.ts";
import { consolePage } from "./consolePage.ts";
import { buildConsole } from "./deliveryWorld.ts";

const ITEMS = 10_000;
const ITEMS_PER_CALL = 25;
/** Rows, cells and the rest of the page, whatever there is to show. */
const MOST_ELEMENTS = 6000;

const item = (index: number) => ({
  id: { S: `order-${String(index).padStart(5, "0")}` },
  lines: { L: [{ M: { sku: { S: `sku-${index}` } } }] },
});

test("reads 10,000 items as they are asked for, finds one by what it holds, and has them read again", {
  timeout: 240_000,
}, async () => {
  buildConsole();
  await using cloud = await startCloud();
  const client = new DynamoDBClient(cloud.clientConfig());
  await client.send(
    new CreateTableCommand({
      TableName: "orders",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    }),
  );
  for (let from = 0; from < ITEMS; from += ITEMS_PER_CALL) {
    const orders = Array.from({ length: ITEMS_PER_CALL }, (_, at) => ({ PutRequest: { Item: item(from + at) } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { orders } }));
  }

  await using shown = await consolePage(cloud);
  const { page } = shown;
  await shown.enter();
  await page.goto(shown.address("/tables/orders"));
  const read = (count: string) => page.getByRole("heading", { name: `Items (${count})` }).waitFor();
  await read("100+");
  const more = page.getByRole("button", { name: "Read more" });
  for (let count = 1100; count < ITEMS; count += 1000) {
    await more.click();
    await read(`${count}+`);
  }
  await more.click();
  await read(String(ITEMS));
  await page.getByRole("searchbox", { name: "Find items" }).fill("sku-9999");
  await page.getByRole("rowheader", { name: "order-09999" }).waitFor();
  expect(await page.getByRole("rowheader").count()).toBe(1);
  await page.getByRole("searchbox", { name: "Find items" }).fill("sku-none");
  await page.getByText("No matches").waitFor();
  await page.getByRole("searchbox", { name: "Find items" }).fill("");
  await page.getByRole("columnheader", { name: "lines" }).click();
  await page.getByRole("rowheader", { name: "order-00000" }).waitFor();
  expect(Number(await page.evaluate("document.querySelectorAll('*').length"))).toBeLessThan(MOST_ELEMENTS);

  // So much is not read again by itself at each write.
  await client.send(new PutItemCommand({ TableName: "orders", Item: item(ITEMS) }));
  await page.getByRole("button", { name: "Read again" }).click();
  await read(String(ITEMS + 1));
});
