import fc from "fast-check";
import { expect, test } from "vitest";
import { patched } from "./patch.ts";
import { listPatches, mapPatches } from "./resources/patches.ts";

const key = fc.stringMatching(/^[a-z~/]{1,6}$/);

test("the patches between two maps turn one into the other", () => {
  fc.assert(
    fc.property(fc.dictionary(key, fc.string()), fc.dictionary(key, fc.string()), (before, after) => {
      const record = patched({ variables: { ...before } }, mapPatches("/variables", before, after), {
        variables: "map",
      });
      expect(record).toEqual({ variables: { ...after } });
    }),
  );
});

test("the patches between two lists turn one into the other, whatever the order", () => {
  fc.assert(
    fc.property(fc.uniqueArray(key), fc.uniqueArray(key), (before, after) => {
      const { types } = patched({ types: before }, listPatches("/types", before, after), { types: "list" });
      expect([...types].sort()).toEqual([...after].sort());
    }),
  );
});

test.each(["/nowhere", "name", "/name/x/y"])("refuses the path %s", (path) => {
  const shape = { name: { first: "text" as const } };
  expect(() => patched({}, [{ op: "replace", path, value: "" }], shape)).toThrow("Invalid patch path");
});
