import { expect, test } from "vitest";
import { spelledHeaders } from "./spelledHeaders.ts";

test("headers are spelled as AWS spells them", () => {
  const given = { "content-type": "a", "x-amzn-trace-id": "b", "x-amzn-errortype": "c", "set-cookie": ["d", "e"] };
  expect(spelledHeaders(given)).toEqual({
    "Content-Type": "a",
    "X-Amzn-Trace-Id": "b",
    "x-amzn-ErrorType": "c",
    "Set-Cookie": ["d", "e"],
  });
});
