import { crc32, gunzipSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { acceptedEncoding, packedAnswer } from "./packedAnswer.ts";

const answer = (body: string, headers: Record<string, string> = { "x-amz-crc32": String(crc32(body)) }) => ({
  status: 200,
  headers,
  body,
});
const LONG = JSON.stringify({ text: "x".repeat(5000) });

test.each([
  ["gzip", gunzipSync],
  ["deflate", inflateSync],
] as const)("a long answer is packed by %s, and its checksum is of what is sent", async (encoding, unpack) => {
  const { headers, body } = await packedAnswer(answer(LONG), encoding);
  if (!(body instanceof Uint8Array)) throw new Error("The answer is not packed");
  expect(unpack(body).toString()).toBe(LONG);
  expect(body.length).toBeLessThan(200);
  expect(headers).toMatchObject({ "content-encoding": encoding, "x-amz-crc32": String(crc32(body)) });
});

test.each<[string, ReturnType<typeof answer>, string | undefined]>([
  ["short", answer("x".repeat(4096)), "gzip"],
  ["of a service without checksums", answer(LONG, {}), "gzip"],
  ["for who accepts nothing", answer(LONG), undefined],
  ["for who accepts what is not known", answer(LONG), "br, zstd"],
])("an answer %s goes as it is", (_name, response, accepted) => {
  expect(packedAnswer(response, accepted)).toBe(response);
});

test.each([
  ["gzip, deflate", "gzip"],
  ["br, identity, deflate, gzip", "deflate"],
  ["dog, GZIP ,, cat", "gzip"],
  ["gzip;q=0.5, deflate;q=0.8", "deflate"],
  ["gzip;q=0, deflate", "deflate"],
  ["gzip;q=0, gzip;q=1", "gzip"],
  ["deflate;q=0.5, gzip;q=31", "gzip"],
  ["gzip;q=0.5, identity;q=0.8", "gzip"],
  ["*", "gzip"],
  ["*, deflate", "deflate"],
  ["*, deflate;q=0.5", "gzip"],
  ["*, gzip;q=0.5", "deflate"],
  ["*;q=0", undefined],
  ["identity", undefined],
  ["x-gzip", undefined],
  ["", undefined],
])("of %o it is %o", (accepted, expected) => expect(acceptedEncoding(accepted)).toBe(expected));
