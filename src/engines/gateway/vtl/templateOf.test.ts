import { expect, test } from "vitest";
import { UnreadableTemplate } from "./render.ts";
import { templateFault, templateOf } from "./templateOf.ts";

test("a template is read once", () => {
  expect(templateOf("$input.body")).toBe(templateOf("$input.body"));
});

test("one that cannot be read is refused each time", () => {
  for (let times = 0; times < 2; times += 1) expect(() => templateOf("#set($x = )")).toThrow(UnreadableTemplate);
});

test("what is wrong with a template is told", () => {
  expect(templateFault("$input.body")).toBeUndefined();
  expect(templateFault("#set($x = )")).toMatch(/^Invalid mapping template specified: ./);
});
