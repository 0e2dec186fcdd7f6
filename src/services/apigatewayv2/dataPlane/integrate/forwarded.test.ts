import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { forwardedHeaders } from "./forwarded.ts";

const http = {
  method: "GET",
  host: "abc.execute-api.localhost:4566",
  path: "/",
  rawQuery: "",
  headers: {},
  body: Readable.from([]),
  signal: new AbortController().signal,
};

test("the caller stands in the standard header", () => {
  const headers = [
    ["accept", "*/*"],
    ["x-forwarded-for", "203.0.113.7"],
    ["x-forwarded-proto", "http"],
    ["x-forwarded-port", "4566"],
  ] as const;
  expect(forwardedHeaders({ headers, http })).toEqual([
    ["accept", "*/*"],
    ["forwarded", "by=127.0.0.1;for=203.0.113.7;host=abc.execute-api.localhost:4566;proto=http"],
    ["via", "HTTP/1.1 AmazonAPIGateway"],
  ]);
});

test("those before it stay, and so does what they said themselves", () => {
  const headers = [
    ["x-forwarded-for", "2001:db8::1, 203.0.113.7"],
    ["forwarded", "for=192.0.2.1"],
    ["via", "1.1 proxy"],
  ] as const;
  const secure = { ...http, isSecure: true };
  const own = "by=127.0.0.1;for=203.0.113.7;host=abc.execute-api.localhost:4566;proto=https";
  expect(forwardedHeaders({ headers, http: secure })).toEqual([
    ["forwarded", `for=192.0.2.1, for="[2001:db8::1]", ${own}`],
    ["via", "1.1 proxy, HTTP/1.1 AmazonAPIGateway"],
  ]);
});
