import { expect, test } from "vitest";
import { itemFailures } from "./itemFailures.ts";

const IDS = ["a", "b"];

test.each(["", "null", "{}", "[]", '{"batchItemFailures":null}', '{"batchItemFailures":[]}'])(
  "all was handled: %s",
  (answer) => expect(itemFailures(answer, IDS)).toEqual([]),
);

test.each([
  '"text"',
  "not JSON",
  '{"batchItemFailures":"a"}',
  '{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"unknown"}]}',
  '{"batchItemFailures":[{"itemIdentifier":""}]}',
  '{"batchItemFailures":[{"itemIdentifier":null}]}',
  '{"batchItemFailures":[{"other":1}]}',
])("nothing was, since the answer makes no sense: %s", (answer) => expect(itemFailures(answer, IDS)).toBe("all"));

test("the items it names were not", () => {
  expect(itemFailures('{"batchItemFailures":[{"itemIdentifier":"b"}]}', IDS)).toEqual(["b"]);
});
