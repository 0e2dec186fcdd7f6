import { expect, test } from "vitest";
import { listAt, objectAt, present, referredTo, resolverWith, textAt, textsOf } from "./documentParts.ts";

const resolved = resolverWith((message) => new RangeError(message));

test("references are followed to what is no reference, by escaped names too", () => {
  const document = {
    components: { schemas: { Pet: { type: "object" }, "a/b~c": { $ref: "#/components/schemas/Pet" } } },
  };
  expect(resolved(document, { $ref: "#/components/schemas/a~1b~0c" })).toEqual({ type: "object" });
  expect(resolved(document, "text")).toBe("text");
  expect(referredTo(document, "#/components/schemas/Pet/type")).toBe("object");
  expect(referredTo(document, "elsewhere.yml#/Pet")).toBeUndefined();
});

test("a reference to nothing, or to itself, is refused in the room's way", () => {
  const document = { loop: { $ref: "#/loop" } };
  for (const $ref of ["#/nothing", "#/loop", "other.json"]) {
    expect(() => resolved(document, { $ref })).toThrow(new RangeError(`Unable to resolve the reference ${$ref}`));
  }
});

test("members of another kind are as if they were not there", () => {
  const document = { list: [1], object: { a: 1 }, number: 2, nothing: null };
  expect([objectAt(document, "object"), objectAt(document, "list")]).toEqual([{ a: 1 }, {}]);
  expect([listAt(document, "list"), listAt(document, "object")]).toEqual([[1], []]);
  expect([textAt(document, "number"), textAt(document, "nothing"), textAt(document, "no")]).toEqual([
    "2",
    undefined,
    undefined,
  ]);
  expect(textsOf({ a: 1, b: true })).toEqual({ a: "1", b: "true" });
  expect(present({ a: 1, b: undefined })).toEqual({ a: 1 });
});
