import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { type HttpRequest, headerPairs, requestLike } from "./http.ts";

const request = (more: Partial<HttpRequest>): HttpRequest => ({
  method: "GET",
  host: "localhost",
  path: "/",
  rawQuery: "",
  headers: {},
  body: Readable.from([]),
  signal: new AbortController().signal,
  ...more,
});

test("several headers of one name stay several, from wherever they came", () => {
  const pairs = [
    ["a", "1"],
    ["b", "2, 3"],
    ["a", "4"],
  ];
  const joined = { headers: { a: "1, 4", b: "2, 3" }, rawHeaders: ["A", "1", "b", "2, 3", "a", "4"] };
  expect(headerPairs(request({ ...joined, repeatsHeaders: true }))).toEqual(pairs);
  expect(headerPairs(requestLike(request({ ...joined, repeatsHeaders: true }), { path: "/x" }))).toEqual(pairs);
  expect(headerPairs(request({ headers: { a: ["1", "4"], b: "2, 3", c: undefined } }))).toEqual([
    ["a", "1"],
    ["a", "4"],
    ["b", "2, 3"],
  ]);
});
