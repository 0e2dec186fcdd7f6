import { expect, test } from "vitest";
import { pairsOf } from "./pairs.ts";
import { UsageError } from "./settings.ts";

test("NAME=VALUE, whose value may hold anything", () => {
  expect(pairsOf(["Stage=prod", "Query=a=b", "Empty="], "--parameter")).toEqual({
    ...{ Stage: "prod", Query: "a=b", Empty: "" },
  });
});

test.each(["Stage", "=prod", ""])("%j is none", (given) => {
  expect(() => pairsOf([given], "--tag")).toThrow(new UsageError(`--tag takes NAME=VALUE, not ${given}.`));
});
