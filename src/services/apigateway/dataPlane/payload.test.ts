import fc from "fast-check";
import { expect, test } from "vitest";
import { acceptedForm, converted, payload } from "./payload.ts";

const text = (written: string) => payload(Buffer.from(written), false);

test("bytes that become text come back as they were", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (given) => {
      const binary = payload(Buffer.from(given), true);
      const asText = converted(binary, "CONVERT_TO_TEXT");
      expect(asText?.isBinary).toBe(false);
      expect(asText && converted(asText, "CONVERT_TO_BINARY")).toEqual(binary);
    }),
  );
});

test("a text that is no base64 has no bytes", () => {
  expect(converted(text("plain words"), "CONVERT_TO_BINARY")).toBeUndefined();
  expect(converted(text("èé+à)("), "CONVERT_TO_BINARY")).toBeUndefined();
  expect(converted(text("aGk="), "CONVERT_TO_BINARY")?.bytes.toString()).toBe("hi");
});

test("nothing is made of what has the form already, or of nothing", () => {
  const binary = payload(Buffer.of(0xff), true);
  expect(converted(binary, "CONVERT_TO_BINARY")).toBe(binary);
  expect(converted(binary, undefined)).toBe(binary);
  expect(converted(text("x"), "CONVERT_TO_TEXT")).toEqual(text("x"));
  expect(converted(text(""), "CONVERT_TO_BINARY")).toEqual(text(""));
});

test("what is no UTF-8 in a text is lost", () => {
  expect(payload(Buffer.of(0x61, 0xff), false).bytes.toString()).toBe("a\ufffd");
});

test("an answer has the form that is accepted", () => {
  expect([acceptedForm(true), acceptedForm(false)]).toEqual(["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]);
});
