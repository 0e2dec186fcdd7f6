import { createHash, type Hash, hash } from "node:crypto";
import { Readable } from "node:stream";
import {
  beginChecksum,
  type ChecksumAlgorithm,
  isChecksumAlgorithm,
  type RunningChecksum,
} from "../kernel/checksums.ts";
import { AwsError } from "../kernel/errors.ts";
import { ByteReader } from "./byteReader.ts";
import { s3Refusals } from "./signature/s3Refusals.ts";
import { isSameSignature, sign } from "./signature/signingKey.ts";
import type { SignatureSeed } from "./signature/verification.ts";

/** What is known of an `aws-chunked` body before it is read. */
export interface ChunkedBody {
  /** What the chunks' signatures continue from; undefined for chunks that are not signed, or not verified. */
  readonly seed: SignatureSeed | undefined;
  /** Trailing headers announced in `x-amz-trailer`, in lower case. */
  readonly trailers: readonly string[];
  /** `x-amz-decoded-content-length`. */
  readonly decodedLength: number;
}

/**
 * Decodes an `aws-chunked` body, verifying each chunk's signature, the trailing checksums and the length.
 *
 * Bytes are passed on before the signature of their chunk has come: the stream fails rather than ends when it is wrong.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export const decodeChunkedBody = (stream: Readable, body: ChunkedBody): Readable =>
  Readable.from(decode(new ByteReader(stream), body), { objectMode: false });

// AWS: only the last chunk of a body may be smaller.
const MIN_CHUNK_BYTES = 8192;
const MAX_TRAILERS = 16;

interface Chunk {
  readonly size: number;
  readonly signature: string | undefined;
}

async function* decode(reader: ByteReader, body: ChunkedBody): AsyncGenerator<Buffer, undefined> {
  const checksums = await beginChecksums(body.trailers);
  const chain = body.seed && new SignatureChain(body.seed);
  let total = 0;
  let last = MIN_CHUNK_BYTES;
  for (let number = 1; ; number++) {
    const { size, signature } = await readChunkHead(reader);
    if (size === 0) {
      chain?.check(hash("sha256", ""), signature);
      break;
    }
    if (last < MIN_CHUNK_BYTES) throw chunkTooSmall(number - 1, last);
    last = size;
    total += size;
    if (total > body.decodedLength) throw wrongLength();
    const digest = chain && createHash("sha256");
    yield* readChunk(reader, size, [...checksums.values(), ...(digest ? [digest] : [])]);
    if (digest) chain.check(digest.digest("hex"), signature);
  }
  if (total !== body.decodedLength) throw wrongLength();
  await checkTrailers(await readTrailers(reader), { expected: body.trailers, chain, checksums });
}

const readChunkHead = async (reader: ByteReader): Promise<Chunk> => {
  const line = await reader.line();
  const [, size, signature] = CHUNK_HEAD.exec(line ?? "") ?? [];
  if (size === undefined) throw line === undefined ? incomplete() : invalidChunk();
  return { size: Number.parseInt(size, 16), signature };
};

const CHUNK_HEAD = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/;

async function* readChunk(
  reader: ByteReader,
  size: number,
  digests: readonly (RunningChecksum | Hash)[],
): AsyncGenerator<Buffer, undefined> {
  for (let left = size; left > 0; ) {
    const bytes = await reader.some(left);
    if (!bytes) throw incomplete();
    left -= bytes.length;
    for (const digest of digests) digest.update(bytes);
    yield bytes;
  }
  const end = await reader.line();
  if (end !== "") throw end === undefined ? incomplete() : invalidChunk();
}

type Trailers = ReadonlyMap<string, string>;

/** The lines after the last chunk, up to an empty one or the end. */
const readTrailers = async (reader: ByteReader): Promise<Trailers> => {
  const trailers = new Map<string, string>();
  for (let line = await reader.line(); line; line = await reader.line()) {
    const colon = line.indexOf(":");
    if (colon < 1 || trailers.size >= MAX_TRAILERS) throw malformedTrailer();
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return trailers;
};

const TRAILER_SIGNATURE = "x-amz-trailer-signature";

interface TrailerCheck {
  readonly expected: readonly string[];
  readonly chain: SignatureChain | undefined;
  readonly checksums: ReadonlyMap<string, RunningChecksum>;
}

const checkTrailers = async (trailers: Trailers, { expected, chain, checksums }: TrailerCheck): Promise<void> => {
  const headers = [...trailers].filter(([name]) => name !== TRAILER_SIGNATURE);
  const same = headers.length === expected.length && headers.every(([name]) => expected.includes(name));
  if (!same) throw malformedTrailer();
  if (chain && expected.length > 0) chain.checkTrailer(headers, trailers.get(TRAILER_SIGNATURE));
  for (const [name, checksum] of checksums) {
    if ((await checksum.finish()) !== trailers.get(name)) throw badDigest(name);
  }
};

const CHECKSUM_PREFIX = "x-amz-checksum-";
const CONTENT_MD5 = "content-md5";

const beginChecksums = async (trailers: readonly string[]): Promise<ReadonlyMap<string, RunningChecksum>> => {
  const checksums = new Map<string, RunningChecksum>();
  for (const name of trailers) {
    const algorithm = checksumOf(name);
    if (algorithm) checksums.set(name, await beginChecksum(algorithm));
  }
  return checksums;
};

const checksumOf = (name: string): ChecksumAlgorithm | undefined => {
  if (name === CONTENT_MD5) return "md5";
  const algorithm = name.startsWith(CHECKSUM_PREFIX) ? name.slice(CHECKSUM_PREFIX.length) : "";
  return isChecksumAlgorithm(algorithm) ? algorithm : undefined;
};

/** Each chunk's signature covers the one before it, so that none can be left out, doubled or moved. */
class SignatureChain {
  private readonly seed: SignatureSeed;
  private previous: string;

  constructor(seed: SignatureSeed) {
    this.seed = seed;
    this.previous = seed.signature;
  }

  check(sha256: string, signature: string | undefined): void {
    this.advance("AWS4-HMAC-SHA256-PAYLOAD", `${EMPTY_SHA256}\n${sha256}`, signature);
  }

  checkTrailer(headers: readonly (readonly [string, string])[], signature: string | undefined): void {
    const canonical = headers.map(([name, value]) => `${name}:${value}\n`).sort();
    this.advance("AWS4-HMAC-SHA256-TRAILER", hash("sha256", canonical.join("")), signature);
  }

  private advance(method: string, covered: string, signature = ""): void {
    const { key, timestamp, scope } = this.seed;
    const stringToSign = `${method}\n${timestamp}\n${scope}\n${this.previous}\n${covered}`;
    const computed = sign(key, stringToSign);
    if (!isSameSignature(computed, signature))
      throw s3Refusals.mismatch({ accessKeyId: "", signature, canonical: "", stringToSign });
    this.previous = computed;
  }
}

const EMPTY_SHA256 = hash("sha256", "");

const incomplete = () => new AwsError("IncompleteBody", "The request body terminated unexpectedly", 400);

const wrongLength = () =>
  new AwsError(
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
    400,
  );

const invalidChunk = () =>
  new AwsError("InvalidChunkSizeError", "The size of a chunk of the body could not be read", 400);

const chunkTooSmall = (chunk: number, size: number) =>
  new AwsError(
    "InvalidChunkSizeError",
    `Only the last chunk is allowed to have a size less than ${MIN_CHUNK_BYTES} bytes`,
    403,
    { Chunk: String(chunk), BadChunkSize: String(size) },
  );

const malformedTrailer = () =>
  new AwsError(
    "MalformedTrailerError",
    "The request contained trailing data that was not well-formed or did not conform to our published schema.",
    400,
  );

const badDigest = (name: string) => {
  const message =
    name === CONTENT_MD5
      ? "The Content-MD5 you specified did not match what we received."
      : `The ${name.slice(CHECKSUM_PREFIX.length).toUpperCase()} you specified did not match the calculated checksum.`;
  return new AwsError("BadDigest", message, 400);
};
