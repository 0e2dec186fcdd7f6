import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { directory, file, freshForEachTest } from "../testSam.ts";
import { artifactMetadata } from "./metadata.ts";
import { pairsIn } from "./pairs.ts";
import { parameterOverrides } from "./parameters.ts";
import { tagsOf } from "./tags.ts";

freshForEachTest();

const overrides = async (value: unknown) => Object.fromEntries(await parameterOverrides(value, directory));

describe("parameter overrides", () => {
  it("are read in every form that SAM has for them", async () => {
    expect(await overrides(["A=b", "C=d"])).toEqual({ A: "b", C: "d" });
    expect(await overrides("A=\"b c\" D='e f' G=h\\ i")).toEqual({ A: "b c", D: "e f", G: "h i" });
    expect(await overrides("ParameterKey=A,ParameterValue=b=c ParameterKey=D,ParameterValue=e")).toEqual({
      A: "b=c",
      D: "e",
    });
    expect(await overrides("Url=https://x/?a=b,c Empty=")).toEqual({ Url: "https://x/?a=b,c", Empty: "" });
    expect(await overrides({ A: 1, B: null, C: ["d", " e"] })).toEqual({ A: "1", B: "", C: "d,e" });
    file("more.yaml", "A: file\n$include: file://last.json\n");
    file("last.json", '{"B":true}');
    expect(await overrides(["file://more.yaml", "A=line"])).toEqual({ A: "line", B: "true" });
  });

  it("are refused where they are none", async () => {
    await expect(overrides("nonsense")).rejects.toThrow("nonsense is not a valid format.");
    await expect(overrides("file://none.yaml")).rejects.toThrow("file://none.yaml was not found or is a directory");
    file("round.yaml", "$include: file://round.yaml\n");
    await expect(overrides("file://round.yaml")).rejects.toThrow("Infinite recursion detected");
  });
});

describe("pairs", () => {
  it("keep any value in quotes", () => {
    const text = fc.string().filter((value) => !/["\\]/.test(value));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (values) => {
        const line = values.map((value, at) => `K${at}="${value}"`).join(" ");
        expect(pairsIn(line, " ")).toEqual(values.map((value, at) => [`K${at}`, value]));
      }),
    );
  });
});

describe("tags and metadata", () => {
  it("are pairs, or JSON", () => {
    expect(tagsOf(["a=b", "c=d e"])).toEqual([
      { Key: "a", Value: "b" },
      { Key: "c", Value: "d e" },
    ]);
    expect(tagsOf("a=b c=d")).toEqual([
      { Key: "a", Value: "b" },
      { Key: "c", Value: "d" },
    ]);
    expect(() => tagsOf("none")).toThrow("none is not in valid format.");
    expect(artifactMetadata("a=b,c=d")).toEqual({ a: "b", c: "d" });
    expect(artifactMetadata('{"a":1}')).toEqual({ a: "1" });
    expect(() => artifactMetadata('{"a":{}}')).toThrow("is not in valid format");
  });
});
