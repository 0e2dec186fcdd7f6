import { expect, it } from "vitest";
import { parseBuildspec } from "./parse.ts";

const cacheOf = (text: string) => parseBuildspec(`version: 0.2\ncache: ${text}`).cache;

// https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.cache
it.each([
  ["{ paths: [a] }", { paths: ["a"], fallbackKeys: [], restores: true, saves: true }],
  ["{ key: k, fallback-keys: [k-, l-] }", { paths: [], key: "k", fallbackKeys: ["k-", "l-"] }],
  ["{ fallback-keys: [k-] }", { fallbackKeys: [] }],
  ["{ action: restore }", { restores: true, saves: false }],
  ["{ action: save }", { restores: false, saves: true }],
])("reads the cache %s", (text, read) => {
  expect(cacheOf(text)).toMatchObject(read);
});

it.each([
  ["{ action: keep }", "Invalid cache action: keep. Expecting: restore,save"],
  ["{ key: k, fallback-keys: [a, b, c, d, e, f] }", "Too many fallback-keys in cache: 6. Maximum: 5"],
])("refuses the cache %s", (text, message) => {
  expect(() => cacheOf(text)).toThrow(message);
});
