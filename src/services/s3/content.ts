import { Readable } from "node:stream";
import type { RunningChecksum } from "../../kernel/checksums.ts";
import { type Blob, type Blobs, BlobTooLarge } from "../../store/blobs.ts";
import {
  type Algorithm,
  algorithmNamed,
  beginChecksumOf,
  type ChecksumFields,
  type ChecksumRecord,
  checkChecksum,
  checksumGiven,
} from "./checksums.ts";
import { badDigest, entityTooLarge, invalidDigest } from "./errors.ts";
import { MAX_PUT_BYTES } from "./limits.ts";

/** Bytes that were received and are held in the store. */
export interface Received {
  readonly blob: Blob;
  /** MD5 in hex. */
  readonly md5: string;
  readonly checksum: ChecksumRecord | undefined;
}

/** What a request says of its body. */
export interface BodyClaims extends ChecksumFields {
  readonly Body?: Readable | Uint8Array | string | undefined;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  /** Of a part's body. */
  readonly PartNumber?: number | undefined;
}

/**
 * Stores a body as it streams in, computing its checksums on the way. What is not what its sender said is not kept.
 * The receiver has one hold on the blob and must release it when it keeps no record of it.
 */
export const receiveBody = async (blobs: Blobs, claims: BodyClaims, wanted?: Algorithm): Promise<Received> => {
  const given = checksumGiven(claims);
  const named = claims.ChecksumAlgorithm === undefined ? undefined : algorithmNamed(claims.ChecksumAlgorithm);
  const algorithm = given?.algorithm ?? named ?? wanted;
  const running = algorithm && (await beginChecksumOf(algorithm));
  const md5 = claims.ContentMD5 === undefined ? undefined : md5Given(claims.ContentMD5);
  const written = await write(blobs, readableOf(claims.Body), running);
  try {
    if (md5 !== undefined && md5 !== written.md5) {
      throw badDigest("Content-MD5", {
        // AWS: an object's is told in hex, a part's as it was given.
        ExpectedDigest: claims.PartNumber === undefined ? md5 : (claims.ContentMD5 ?? ""),
        CalculatedDigest: Buffer.from(written.md5, "hex").toString("base64"),
      });
    }
    const value = await running?.finish();
    const checksum =
      algorithm && value !== undefined ? ({ algorithm, value, type: "FULL_OBJECT" } as const) : undefined;
    if (checksum) checkChecksum(checksum.algorithm, given?.value, checksum.value);
    return { blob: { sha256: written.sha256, size: written.size }, md5: written.md5, checksum };
  } catch (error) {
    blobs.release(written);
    throw error;
  }
};

/** The bytes of several blobs from `start` to `end`, both included, as one stream. */
export const readSegments = (
  blobs: Blobs,
  segments: readonly Blob[],
  range?: { readonly start: number; readonly end: number },
): Readable => {
  const [only] = segments;
  if (only && segments.length === 1) return blobs.read(only, range);
  return Readable.from(readEach(blobs, segments, range), { objectMode: false });
};

/** The checksum of what is stored already. */
export const checksumOf = async (blobs: Blobs, segments: readonly Blob[], algorithm: Algorithm): Promise<string> => {
  const running = algorithm && (await beginChecksumOf(algorithm));
  for await (const chunk of readSegments(blobs, segments)) running.update(chunk);
  return running.finish();
};

/** A body in the form callers within the cloud may bring it: whole, or as it comes. */
export const readableOf = (body: Readable | Uint8Array | string | undefined): Readable => {
  if (body instanceof Readable) return body;
  return Readable.from(body === undefined || body.length === 0 ? [] : [Buffer.from(body)], { objectMode: false });
};

const write = async (blobs: Blobs, body: Readable, running: RunningChecksum | undefined) => {
  try {
    const bytes = running ? Readable.from(summed(body, running), { objectMode: false }) : body;
    return await blobs.write(bytes, { maxBytes: MAX_PUT_BYTES });
  } catch (error) {
    if (error instanceof BlobTooLarge) throw entityTooLarge(error.maxBytes);
    throw error;
  }
};

async function* summed(body: Readable, running: RunningChecksum): AsyncGenerator<Uint8Array, undefined> {
  for await (const chunk of body) {
    running.update(chunk);
    yield chunk;
  }
}

async function* readEach(
  blobs: Blobs,
  segments: readonly Blob[],
  range: { readonly start: number; readonly end: number } | undefined,
): AsyncGenerator<Uint8Array, undefined> {
  let at = 0;
  for (const segment of segments) {
    const start = Math.max(0, (range?.start ?? 0) - at);
    const end = Math.min(segment.size - 1, range === undefined ? Number.POSITIVE_INFINITY : range.end - at);
    at += segment.size;
    if (start <= end) yield* blobs.read(segment, { start, end });
  }
}

const MD5_BYTES = 16;

const md5Given = (base64: string): string => {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length !== MD5_BYTES) throw invalidDigest(base64);
  return bytes.toString("hex");
};
