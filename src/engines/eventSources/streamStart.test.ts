import { expect, test } from "vitest";
import { leastFar } from "./streamStart.ts";

test("of several lanes, the one that came least far is gone on from", () => {
  expect(leastFar([])).toEqual({});
  expect(leastFar([{ after: "100" }, { after: "99" }])).toEqual({ after: "99" });
  expect(leastFar([{ after: "1" }, { iterator: "i", shard: "s" }])).toEqual({ iterator: "i", shard: "s" });
});
