import { Readable } from "node:stream";
import { expect, test } from "vitest";
import type { HttpRequest } from "../../../kernel/http.ts";
import { eventHeaders } from "./eventHeaders.ts";

const request = (more: Partial<HttpRequest>): HttpRequest => ({
  method: "GET",
  host: "abc.execute-api.localhost:4566",
  path: "/",
  rawQuery: "",
  headers: {},
  body: Readable.from([]),
  signal: new AbortController().signal,
  ...more,
});

const ADDED = [
  ["X-Amzn-Trace-Id", "Root=1"],
  ["X-Forwarded-For", "1.2.3.4"],
  ["X-Forwarded-Port", "4566"],
  ["X-Forwarded-Proto", "http"],
];

test("names keep their case, and values of one name stay several", () => {
  const rawHeaders = ["tEsT", "a", "Accept", "x", "tEsT", "b", "Expect", "100-continue", "Connection", "close"];
  expect(eventHeaders(request({ rawHeaders }), "1.2.3.4", "Root=1")).toEqual([
    ["tEsT", "a"],
    ["Accept", "x"],
    ["tEsT", "b"],
    ...ADDED,
  ]);
});

test("authorization is written in one way", () => {
  expect(eventHeaders(request({ rawHeaders: ["aUThorization", "x"] }), "1.2.3.4", "Root=1")).toEqual([
    ["Authorization", "x"],
    ...ADDED,
  ]);
});

test("where the case is lost, well known names have their own", () => {
  const headers = { "content-type": "text/plain", "x-own": ["1", "2"], te: "trailers", "x-amzn-trace-id": "Root=0" };
  expect(eventHeaders(request({ headers }), "1.2.3.4", "Root=1")).toEqual([
    ["Content-Type", "text/plain"],
    ["x-own", "1"],
    ["x-own", "2"],
    ...ADDED,
  ]);
});
