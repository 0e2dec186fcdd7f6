import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { expandAliases } from "./aliases.ts";

const expanded = (text: string): string => {
  const document = parseDocument(text, { logLevel: "silent" });
  expandAliases(document);
  return document.toString();
};

describe("aliases", () => {
  it("are written out, each by itself", () => {
    expect(expanded("a: &x { b: !Ref c }\nd: *x\n")).toBe("a: { b: !Ref c }\nd: { b: !Ref c }\n");
  });

  it("are merged under what a map says itself", () => {
    expect(expanded("a: &x { b: 1, c: 2 }\nd:\n  <<: *x\n  c: 3\n")).toBe("a: { b: 1, c: 2 }\nd:\n  c: 3\n  b: 1\n");
  });

  it("leave alone what has none, and refuse what names itself", () => {
    expect(expanded("a: b # kept\n")).toBe("a: b # kept\n");
    expect(() => expanded("a: &x [*x]\n")).toThrow("The alias x of the template names nothing, or itself.");
  });
});
