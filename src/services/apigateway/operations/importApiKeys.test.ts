import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsagePlanKeysCommand,
  ImportApiKeysCommand,
} from "@aws-sdk/client-api-gateway";
import { expect, test } from "vitest";
import { restApis } from "../testRestApis.ts";

const at = restApis();

const VALUE = "apikey1234abcdefghij0123456789";
const imported = (body: string, failOnWarnings = false) =>
  at.apis.send(new ImportApiKeysCommand({ format: "csv", body: Buffer.from(body), failOnWarnings }));

test("keys are made of a file's lines, whatever the order and case of its columns, and join their plans", async () => {
  const plans = await Promise.all(["a", "b"].map((name) => at.apis.send(new CreateUsagePlanCommand({ name }))));
  const [a = "", b = ""] = plans.map(({ id }) => id);
  const { ids = [], warnings } = await imported(`Enabled,Name,key,UsageplanIds,other
false,first,${VALUE},"${a},${b}",x
,second,${VALUE}x,,
`);
  expect([ids.length, warnings]).toEqual([2, undefined]);
  const [first, second] = await Promise.all(
    ids.map((apiKey) => at.apis.send(new GetApiKeyCommand({ apiKey, includeValue: true }))),
  );
  expect(first).toMatchObject({ name: "first", value: VALUE, enabled: false });
  expect(second).toMatchObject({ name: "second", value: `${VALUE}x`, enabled: true });
  const { items } = await at.apis.send(new GetUsagePlanKeysCommand({ usagePlanId: b }));
  expect(items).toMatchObject([{ id: ids[0] }]);
});

test("a key that is imported again is changed", async () => {
  const { id } = await at.apis.send(new CreateApiKeyCommand({ name: "before", value: VALUE }));
  expect((await imported(`Key,name\n${VALUE},after`)).ids).toEqual([id]);
  expect(await at.apis.send(new GetApiKeyCommand({ apiKey: id }))).toMatchObject({ name: "after", enabled: true });
});

test("what cannot be taken is warned of, and refuses the file where that is asked for", async () => {
  const body = `name,key,usageplanids\nshort,abc,\ngood,${VALUE},'none'`;
  await expect(imported(body, true)).rejects.toThrow("Warnings found during import:");
  expect((await at.apis.send(new GetApiKeysCommand({}))).items).toEqual([]);
  const { ids = [], warnings = [] } = await imported(body);
  expect(ids).toHaveLength(1);
  expect(warnings).toEqual([
    "API key 1 is left out: its value must be between 30 and 128 characters",
    "Usage plan none of API key 2 does not exist",
  ]);
});

test("refusals", async () => {
  await expect(imported("name\nx")).rejects.toThrow("columns Name and Key");
  await expect(imported("")).rejects.toMatchObject({ name: "BadRequestException" });
});
