import { expect, it } from "vitest";
import { pathMatcher, pathPattern } from "./pathPatterns.ts";

const patterns = (...routes: readonly string[]) =>
  pathMatcher(
    routes.map((route) => {
      const [method = "", path = ""] = route.split(" ");
      return pathPattern(route, method, path.slice(1).split("/"));
    }),
  );

const ask = (match: ReturnType<typeof patterns>, method: string, path: string) =>
  match(method, path.slice(1).split("/"));

it("a literal wins over a parameter, and a parameter over the rest of a path, in whatever order they were made", () => {
  const match = patterns("GET /{proxy+}", "GET /items/{id}", "GET /items/new");
  expect(ask(match, "GET", "/items/new")?.target).toBe("GET /items/new");
  expect(ask(match, "GET", "/items/7")).toEqual({ target: "GET /items/{id}", parameters: { id: "7" } });
  expect(ask(match, "GET", "/items/7/parts")).toEqual({
    target: "GET /{proxy+}",
    parameters: { proxy: "items/7/parts" },
  });
});

it("a method of its own wins over ANY, which answers the others", () => {
  const match = patterns("ANY /items", "POST /items");
  expect(ask(match, "POST", "/items")?.target).toBe("POST /items");
  expect(ask(match, "GET", "/items")?.target).toBe("ANY /items");
});

it("a parameter takes no empty segment, and nothing fits a path that is longer or shorter", () => {
  const match = patterns("GET /items/{id}");
  for (const path of ["/items/", "/items", "/items/7/parts"]) expect(ask(match, "GET", path)).toBeUndefined();
  expect(ask(match, "PUT", "/items/7")).toBeUndefined();
});
