import { deflateSync, gunzipSync, gzipSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { packedAnswer, unpackedBody } from "./compression.ts";

const BODY = Buffer.from('{"a":1}');

test.each([
  [undefined, BODY],
  ["", BODY],
  ["identity", BODY],
  ["gzip", gzipSync(BODY)],
  ["GZIP", gzipSync(BODY)],
  ["deflate", deflateSync(BODY)],
])("a body in the coding %s is unpacked", async (coding, bytes) => {
  expect(await unpackedBody(bytes, coding)).toEqual(BODY);
});

test("what is in no coding that there is, or in another, or too large, is refused", async () => {
  expect(await unpackedBody(BODY, "br")).toBe("UNSUPPORTED_MEDIA_TYPE");
  expect(await unpackedBody(BODY, "gzip")).toBe("UNSUPPORTED_MEDIA_TYPE");
  expect(await unpackedBody(gzipSync(Buffer.alloc(10 * 1024 * 1024 + 1)), "gzip")).toBe("REQUEST_TOO_LARGE");
  expect(await unpackedBody(Buffer.alloc(0), "br")).toEqual(Buffer.alloc(0));
});

const answer = { status: 200, headers: { "content-type": "text/plain" }, body: "x".repeat(100) };

test.each([
  ["gzip", gunzipSync],
  ["gzip, deflate, br", gunzipSync],
  ["deflate,gzip", inflateSync],
  ["deflate;q=0.5,gzip;q=1.0", gunzipSync],
  ["gzip;q=1.0,identity;q=0.5,*;q=0", gunzipSync],
])("an answer is packed for who accepts %s", async (accepted, unpack) => {
  const { headers, body } = await packedAnswer(answer, 100, accepted);
  expect(headers["content-encoding"]).toBe(unpack === gunzipSync ? "gzip" : "deflate");
  expect(`${unpack(body as Buffer)}`).toBe(answer.body);
});

test.each([undefined, "", "*", "identity", "br, gzip", "gzip;q=0", "gzip;q=0.5, br"])(
  "and is left as it is for who accepts %s",
  async (accepted) => {
    expect(await packedAnswer(answer, 0, accepted)).toBe(answer);
  },
);

test("so is one that is too short, packed already, or of an API that packs none", async () => {
  expect(await packedAnswer(answer, 101, "gzip")).toBe(answer);
  expect(await packedAnswer(answer, undefined, "gzip")).toBe(answer);
  const packed = { ...answer, headers: { "content-encoding": "br" } };
  expect(await packedAnswer(packed, 0, "gzip")).toBe(packed);
});
