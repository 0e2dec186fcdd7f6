import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { AwsError } from "../kernel/errors.ts";
import { type HttpHeaders, header } from "../kernel/http.ts";
import { decodeChunkedBody } from "./chunkedBody.ts";
import { checkPayload, parsePayload, UNSIGNED_PAYLOAD } from "./signature/payload.ts";
import type { SignatureSeed } from "./signature/verification.ts";

/**
 * The bytes of a streamed body, out of `aws-chunked` where it comes in that, verified as `x-amz-content-sha256` says.
 *
 * Without a seed, for a request whose signature was not looked at, chunks are decoded and their signatures ignored.
 * The stream fails with S3's refusal when the body is not what was signed. Whoever gives up on it leaves the request's own
 * stream open, for an answer has yet to go back by the same connection.
 */
export const openSignedBody = (stream: Readable, headers: HttpHeaders, seed: SignatureSeed | undefined): Readable => {
  const payload = parsePayload(header(headers, "x-amz-content-sha256") ?? UNSIGNED_PAYLOAD);
  if (payload.kind === "unsigned") return Readable.from(unclosing(stream), { objectMode: false });
  if (payload.kind === "hashed") return Readable.from(hashChecked(stream, payload.sha256), { objectMode: false });
  return decodeChunkedBody(stream, {
    seed: payload.signed ? seed : undefined,
    trailers: payload.trailer ? trailerNames(headers) : [],
    decodedLength: decodedLength(headers),
  });
};

async function* unclosing(stream: Readable): AsyncGenerator<Buffer, undefined> {
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) yield chunk;
}

async function* hashChecked(stream: Readable, sha256: string): AsyncGenerator<Buffer, undefined> {
  const digest = createHash("sha256");
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    digest.update(chunk);
    yield chunk;
  }
  checkPayload(sha256, digest.digest("hex"));
}

const trailerNames = (headers: HttpHeaders): readonly string[] =>
  (header(headers, "x-amz-trailer") ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");

const decodedLength = (headers: HttpHeaders): number => {
  const text = header(headers, "x-amz-decoded-content-length");
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  throw new AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
};
