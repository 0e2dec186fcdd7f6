import { expect, test } from "vitest";
import { basedPaths, isBasePathMode } from "./basePath.ts";

const paths = (document: Parameters<typeof basedPaths>[0], mode?: string) =>
  ["/", "/e"].map(basedPaths(document, mode));

test("a base path is ignored, put before every path, or split", () => {
  const swagger = { basePath: "/a/b/c" };
  expect(paths(swagger)).toEqual(["/", "/e"]);
  expect(paths(swagger, "prepend")).toEqual(["/a/b/c", "/a/b/c/e"]);
  expect(paths(swagger, "split")).toEqual(["/b/c", "/b/c/e"]);
  expect(paths({ basePath: "/a" }, "split")).toEqual(["/", "/e"]);
});

test("of OpenAPI 3 a server's variable counts before its address", () => {
  const url = "https://example.com/a/b";
  expect(paths({ servers: [{ url }] }, "prepend")).toEqual(["/a/b", "/a/b/e"]);
  expect(paths({ servers: [{ url, variables: { basePath: { default: "v1" } } }] }, "prepend")).toEqual([
    "/v1",
    "/v1/e",
  ]);
  expect(paths({ servers: [{ url: "/" }] }, "prepend")).toEqual(["/", "/e"]);
  expect(paths({}, "split")).toEqual(["/", "/e"]);
});

test("there are three ways to read it", () => {
  expect(["ignore", "prepend", "split", "append"].map(isBasePathMode)).toEqual([true, true, true, false]);
});
