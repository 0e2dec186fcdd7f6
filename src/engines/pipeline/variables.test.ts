import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referencesIn, resolveVariables, UnresolvedVariable } from "./variables.ts";

const NAMESPACES = { Src: { CommitId: "abc", Empty: "" }, codepipeline: { PipelineExecutionId: "1" } };

describe("variables", () => {
  it("are resolved in every value, as often as they stand there", () => {
    const configuration = {
      A: "#{Src.CommitId}-#{Src.CommitId}",
      B: "x#{Src.Empty}y",
      C: "#{codepipeline.PipelineExecutionId}",
    };
    expect(resolveVariables(configuration, NAMESPACES)).toEqual({ A: "abc-abc", B: "xy", C: "1" });
  });

  it.each(["#{Src.None}", "#{None.CommitId}", "#{Src}", "#{}", "#{Src.toString}", "#{__proto__.x}"])(
    "refuse %s",
    (text) => {
      expect(() => resolveVariables({ A: text }, NAMESPACES)).toThrow(UnresolvedVariable);
    },
  );

  it("leave text without references alone, and resolve values that look like references only once", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, value) => {
        fc.pre(referencesIn(text).length === 0);
        expect(resolveVariables({ A: text }, {})["A"]).toBe(text);
        expect(resolveVariables({ A: "#{n.v}" }, { n: { v: value } })["A"]).toBe(value);
      }),
    );
  });
});
