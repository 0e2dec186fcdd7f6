import { describe, expect, it } from "vitest";
import { plainOf } from "./plain.ts";
import { render } from "./render.ts";
import { textOf } from "./text.ts";

const stacks = {
  Stacks: [
    { StackName: "a", Status: "UP", Outputs: [{ Key: "Url", Value: "http://x" }], Tags: [] },
    { StackName: "b", Drift: true },
  ],
  NextToken: null,
};

describe("plain JSON", () => {
  it("writes dates, bytes and what is absent as the AWS CLI does", () => {
    const value = {
      at: new Date(1_000),
      ms: new Date(1_001),
      bytes: Buffer.from("hi"),
      none: undefined,
      $metadata: {},
    };
    expect(plainOf(value)).toEqual({
      at: "1970-01-01T00:00:01+00:00",
      ms: "1970-01-01T00:00:01.001000+00:00",
      bytes: "aGk=",
    });
  });
});

describe("text output", () => {
  it("gives rows with the columns of all items, and what they hold after them", () => {
    expect(textOf(stacks)).toBe("None\nSTACKS\t\ta\tUP\nOUTPUTS\tUrl\thttp://x\nSTACKS\tTrue\tb\t\n");
  });

  it("gives lists on one line, texts as they are", () => {
    expect(textOf(["a", "b"])).toBe("a\tb\n");
    expect(textOf("a")).toBe("a\n");
    expect(textOf([["a", "b"], ["c"]])).toBe("a\tb\nc\n");
    expect(textOf({ names: ["a", "b"] })).toBe("NAMES\ta\nNAMES\tb\n");
    expect(textOf([])).toBe("");
    expect(textOf(null)).toBe("None\n");
  });
});

describe("rendering", () => {
  const globals = { output: "json", paginate: true, rawBlobs: false } as const;

  it("answers queries", async () => {
    expect(
      await render("X", stacks, { ...globals, query: "Stacks[?StackName=='a'].Outputs[0].Value", output: "text" }),
    ).toBe("http://x\n");
    expect(await render("X", stacks, { ...globals, query: "length(Stacks)" })).toBe("2\n");
    await expect(render("X", stacks, { ...globals, query: "Stacks[" })).rejects.toMatchObject({ exitCode: 252 });
  });

  it("prints nothing for an empty answer", async () => {
    expect(await render("X", { $metadata: {} }, globals)).toBe("");
  });

  it("draws tables and writes YAML", async () => {
    expect(await render("Names", ["a", "bb"], { ...globals, output: "table" })).toBe(
      "---------\n| Names |\n+-------+\n| a     |\n| bb    |\n+-------+\n",
    );
    expect(await render("X", { A: [1] }, { ...globals, output: "yaml" })).toBe("A:\n  - 1\n");
  });
});
