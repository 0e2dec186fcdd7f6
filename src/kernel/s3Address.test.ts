import { expect, test } from "vitest";
import { s3Address } from "./s3Address.ts";

test.each([
  ["site.s3.localhost:4566", "/a%20b", "site", "/a%20b"],
  ["a.b.s3.eu-west-1.amazonaws.com", "/", "a.b", "/"],
  ["site.localhost:4566", "/a/b", "site", "/a/b"],
  ["localhost:4566", "/site/a/b", "site", "/a/b"],
  ["s3.localhost:4566", "/site/a", "site", "/a"],
  ["api.example.com.localhost", "/site", "site", "/"],
  ["127.0.0.1:4566", "/s%2Dite", "s-ite", "/"],
  ["127.0.0.1:4566", "/%", "%", "/"],
  ["127.0.0.1:4566", "/", undefined, "/"],
])("%s%s is in the bucket %s", (host, path, bucket, rest) => {
  expect(s3Address({ host, path })).toEqual({ bucket, path: rest });
});
