import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Hmac } from "./hmac.ts";

const ascii = fc.stringMatching(/^[\n -~]{0,200}$/);
const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));

it("is what node:crypto makes of each text, whatever came before", () => {
  fc.assert(
    fc.property(key, fc.array(ascii, { minLength: 1, maxLength: 4 }), (bytes, texts) => {
      const hmac = new Hmac(bytes);
      for (const text of texts) expect(hmac.hex(text)).toBe(createHmac("sha256", bytes).update(text).digest("hex"));
    }),
  );
});
