import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSecretMask, MASKED } from "./mask.ts";

describe("a mask", () => {
  it("hides each line of a secret of many lines by itself", () => {
    const mask = createSecretMask(["-----BEGIN KEY-----\r\n  c2VjcmV0\n-----END KEY-----\n"]);
    expect(mask.apply("got c2VjcmV0 of -----BEGIN KEY-----")).toBe(`got ${MASKED} of ${MASKED}`);
  });

  it("hides the longer of two secrets of which one holds the other", () => {
    expect(createSecretMask(["pass", "password"]).apply("password pass")).toBe(`${MASKED} ${MASKED}`);
  });

  it("leaves short words alone, and learns as secrets become known", () => {
    const mask = createSecretMask(["no", ""]);
    expect([mask.apply("no one"), mask.longest]).toEqual(["no one", 20]);
    mask.add("s3cr3t.* of more than twenty letters");
    const shown = mask.apply("a s3cr3t.* of more than twenty letters b s3cr3tx");
    expect([shown, mask.longest]).toEqual([`a ${MASKED} b s3cr3tx`, 36]);
  });

  it("hides ids of access keys, and no word that only looks like one", () => {
    const mask = createSecretMask();
    expect(mask.apply("key=AKIAIOSFODNN7EXAMPLE, ASIAIOSFODNN7EXAMPLE")).toBe(`key=${MASKED}, ${MASKED}`);
    expect(mask.apply("AKIAIOSFODNN7EXAMPLES AROAIOSFODNN7EXAMPLE")).toBe("AKIAIOSFODNN7EXAMPLES AROAIOSFODNN7EXAMPLE");
  });

  it("lets no secret through, whatever stands around it", () => {
    const secret = fc.stringMatching(/^[!-)+-~]{4,20}$/);
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 5 }),
        fc.string(),
        fc.string(),
        (secrets, before, after) => {
          const shown = createSecretMask(secrets).apply(`${before}${secrets.join(" ")}${after}`);
          for (const each of secrets) expect(shown.includes(each)).toBe(false);
        },
      ),
    );
  });
});
