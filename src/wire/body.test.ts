import { deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { unpacked } from "./body.ts";

const BODY = Buffer.from("x".repeat(5000));

test.each([
  ["gzip", gzipSync(BODY)],
  ["deflate", deflateSync(BODY)],
])("a body packed by %s is unpacked, up to its bound", (encoding, packed) => {
  expect(unpacked(packed, encoding)).toEqual(BODY);
  expect(unpacked(packed, encoding, BODY.length)).toEqual(BODY);
  expect(() => unpacked(packed, encoding, BODY.length - 1)).toThrow(
    expect.objectContaining({
      name: "RequestEntityTooLargeException",
      message: "Request must be smaller than 4999 bytes.",
    }),
  );
});

test.each(["gzip", "deflate"])("what is not packed by %s is refused", (encoding) => {
  for (const body of [BODY, Buffer.alloc(0)])
    expect(() => unpacked(body, encoding)).toThrow(expect.objectContaining({ name: "SerializationException" }));
});

test.each([undefined, "identity", "aws-chunked"])("a body of the encoding %o is left as it is", (encoding) => {
  expect(unpacked(BODY, encoding)).toBe(BODY);
});
