import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { networkEnvironment } from "./environment.ts";
import { createLineSplitter } from "./lines.ts";
import { createSecretMask } from "./mask.ts";

const split = (chunks: readonly Buffer[], maxLineBytes = 1_000, secrets: readonly string[] = []): string[] => {
  const lines: string[] = [];
  const splitter = createLineSplitter({
    stream: "stdout",
    limits: { maxLineBytes, maxTotalBytes: 1_000_000 },
    mask: createSecretMask(secrets),
    onLine: (line) => lines.push(line.text),
    budget: { remainingBytes: 1_000_000 },
  });
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
};

describe("lines", () => {
  it("do not depend on how the bytes arrive", () => {
    const text = fc
      .array(fc.constantFrom("a", "é", "😀", "\n", "\r\n", " "), { maxLength: 60 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.array(fc.nat(20), { maxLength: 10 }), (value, cuts) => {
        const bytes = Buffer.from(value);
        const chunks: Buffer[] = [];
        let at = 0;
        for (const cut of cuts) {
          chunks.push(bytes.subarray(at, at + cut));
          at += cut;
        }
        chunks.push(bytes.subarray(at));
        expect(split(chunks)).toEqual(split([bytes]));
      }),
    );
  });

  it("never show a secret, wherever a line is cut", () => {
    const noise = fc
      .array(fc.constantFrom("a", "b", "\n", "hunter22", "hunter"), { maxLength: 40 })
      .map((p) => p.join(""));
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 9 }), (value, max, step) => {
        const chunks = value.match(new RegExp(`[^]{1,${step}}`, "g")) ?? [];
        const shown = split(
          chunks.map((chunk) => Buffer.from(chunk)),
          max,
          ["hunter22"],
        );
        expect(shown.join("").includes("hunter22")).toBe(false);
      }),
    );
  });
});

describe("masks", () => {
  it("hide the longer of two secrets, each line of a long one, and leave short words alone", () => {
    const mask = createSecretMask(["pass", "password", "no", "first line\nsecond line"]);
    expect(mask.apply("password pass no")).toBe("*** *** no");
    expect(mask.apply("x second line y")).toBe("x *** y");
  });
});

describe("the network environment", () => {
  it("carries proxies without their credentials, and nothing else", () => {
    const host = { HTTPS_PROXY: "http://me:secret@proxy:3128", NPM_TOKEN: "secret", npm_config_registry: "https://r/" };
    expect(networkEnvironment(host)).toEqual({ HTTPS_PROXY: "http://proxy:3128", npm_config_registry: "https://r/" });
  });
});
