import { expect, test } from "vitest";
import { iam } from "./iam.ts";
import service from "./service.ts";

test("every operation says what it must be allowed", () => {
  expect(service.operationNames.filter((name) => !(name in iam))).toEqual([]);
  expect(Object.keys(iam).filter((name) => !service.operationNames.includes(name))).toEqual([]);
});
