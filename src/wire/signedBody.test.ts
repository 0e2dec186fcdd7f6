import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { Sha512 } from "@aws-sdk/checksums/sha";
import { Xxh3_64, Xxh3_128, Xxh64 } from "@aws-sdk/checksums/xxh";
import { ChecksumAlgorithm, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AwsError } from "../kernel/errors.ts";
import { createCapture } from "./signature/capturedRequest.ts";
import { payloadHash } from "./signature/payload.ts";
import { signingKey } from "./signature/signingKey.ts";
import type { SignatureSeed } from "./signature/verification.ts";
import { openSignedBody } from "./signedBody.ts";

type Headers = Record<string, string>;

/** The body in pieces of the given sizes, over and over. */
const inPieces = (body: Buffer, sizes: readonly number[]): Readable => {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < body.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(body.subarray(at, at + size));
    at += size;
  }
  return Readable.from(pieces);
};
const read = (body: Buffer, headers: Headers, seed?: SignatureSeed, sizes: readonly number[] = [1000]) =>
  buffer(openSignedBody(inPieces(body, sizes), headers, seed));
const refusal = async (reading: Promise<Buffer>): Promise<{ code: string; message: string }> => {
  const thrown = await reading.then(
    () => expect.unreachable("the body was taken"),
    (error: unknown) => error,
  );
  if (!(thrown instanceof AwsError)) throw thrown;
  return { code: thrown.code, message: thrown.message };
};

// The worked examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and …-streaming-trailers.html
const KEY = signingKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", {
  date: "20130524",
  region: "us-east-1",
  service: "s3",
});
const seedOf = (signature: string): SignatureSeed => ({
  key: KEY,
  signature,
  timestamp: "20130524T000000Z",
  scope: "20130524/us-east-1/s3/aws4_request",
});
const OBJECT = Buffer.alloc(66_560, "a");
const chunk = (bytes: Buffer, signature: string) =>
  Buffer.concat([
    Buffer.from(`${bytes.length.toString(16)};chunk-signature=${signature}\r\n`),
    bytes,
    Buffer.from("\r\n"),
  ]);

describe("signed chunks", () => {
  const seed = seedOf("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
  const headers = {
    "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    "x-amz-decoded-content-length": "66560",
  };
  const first = chunk(OBJECT.subarray(0, 65_536), "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
  const second = chunk(OBJECT.subarray(65_536), "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497");
  const end = chunk(OBJECT.subarray(0, 0), "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
  const whole = Buffer.concat([first, second, end]);

  it("are the object's bytes, however they arrive", async () => {
    for (const sizes of [[1], [whole.length], [65_536], [3, 1, 7000]])
      expect((await read(whole, headers, seed, sizes)).equals(OBJECT)).toBe(true);
  });

  it("are refused when a byte was changed, or a chunk left out, doubled or moved", async () => {
    const changed = Buffer.from(whole);
    changed[60_000] = 98;
    for (const body of [
      changed,
      Buffer.concat([second, end]),
      Buffer.concat([first, first, end]),
      Buffer.concat([second, first, end]),
    ])
      expect(["SignatureDoesNotMatch", "InvalidChunkSizeError", "IncompleteBody"]).toContain(
        (await refusal(read(body, headers, seed))).code,
      );
    const unsigned = Buffer.from(whole.toString("latin1").replaceAll(/;chunk-signature=\w+/g, ""), "latin1");
    expect(await refusal(read(unsigned, headers, seed))).toMatchObject({ code: "SignatureDoesNotMatch" });
  });

  it("are refused when they end early or hold another length", async () => {
    expect(await refusal(read(whole.subarray(0, -200), headers, seed))).toMatchObject({ code: "IncompleteBody" });
    expect(await refusal(read(Buffer.concat([first, second]), headers, seed))).toMatchObject({
      code: "IncompleteBody",
    });
    for (const length of ["66559", "66561"]) {
      const other = { ...headers, "x-amz-decoded-content-length": length };
      expect(await refusal(read(whole, other, seed))).toMatchObject({ code: "IncompleteBody" });
    }
  });

  it("are refused without their length, and when they are too small", async () => {
    const { "x-amz-decoded-content-length": _length, ...without } = headers;
    expect(() => openSignedBody(Readable.from([whole]), without, seed)).toThrow(/must provide the Content-Length/);
    const small = Buffer.from("1\r\na\r\n1\r\na\r\n0\r\n\r\n");
    const unverified = { ...headers, "x-amz-decoded-content-length": "2" };
    expect(await refusal(read(small, unverified))).toMatchObject({ code: "InvalidChunkSizeError" });
  });

  it("may be taken unverified where signatures do not count", async () => {
    expect((await read(whole, headers)).equals(OBJECT)).toBe(true);
  });
});

describe("signed chunks with a trailer", () => {
  const seed = seedOf("106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
  const headers = {
    "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    "x-amz-decoded-content-length": "66560",
    "x-amz-trailer": "x-amz-checksum-crc32c",
  };
  const chunks = Buffer.concat([
    chunk(OBJECT.subarray(0, 65_536), "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"),
    chunk(OBJECT.subarray(65_536), "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"),
    Buffer.from("0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"),
  ]);
  const SIGNATURE = "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435";
  const trailer = (checksum: string, signature = SIGNATURE) =>
    Buffer.from(`x-amz-checksum-crc32c:${checksum}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`);

  it("are verified to the last line", async () => {
    const body = Buffer.concat([chunks, trailer("sOO8/Q==")]);
    expect((await read(body, headers, seed, [1, 100])).equals(OBJECT)).toBe(true);
  });

  it("are refused with another checksum or signature", async () => {
    for (const end of [trailer("sOO8/g=="), trailer("sOO8/Q==", SIGNATURE.replace("d", "e"))])
      expect(await refusal(read(Buffer.concat([chunks, end]), headers, seed))).toMatchObject({
        code: "SignatureDoesNotMatch",
      });
    expect(await refusal(read(chunks, headers, seed))).toMatchObject({ code: "MalformedTrailerError" });
  });
});

describe("chunks of the SDK", () => {
  const capture = createCapture();
  const s3 = new S3Client({
    region: "us-east-1",
    endpoint: "http://127.0.0.1:4566",
    forcePathStyle: true,
    credentials: { accessKeyId: "AKID", secretAccessKey: "secret" },
    requestHandler: capture.handler as never,
    maxAttempts: 1,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  // Those that the client takes only from outside.
  const more = { SHA512: Sha512, XXHASH64: Xxh64, XXHASH3: Xxh3_64, XXHASH128: Xxh3_128 };
  Object.assign(s3.config, { checksumAlgorithms: more });
  const upload = (bytes: Buffer, ChecksumAlgorithm: ChecksumAlgorithm) =>
    capture.request(() =>
      s3.send(
        new PutObjectCommand({
          Bucket: "site",
          Key: "a",
          Body: inPieces(bytes, [10_000]),
          ContentLength: bytes.length,
          ChecksumAlgorithm,
        }),
      ),
    );
  const bytes = Buffer.from(Array.from({ length: 30_000 }, (_, index) => index % 251));

  it("come with each of its checksums", async () => {
    for (const algorithm of Object.values(ChecksumAlgorithm)) {
      const request = await upload(bytes, algorithm);
      const trailer = algorithm === "MD5" ? "content-md5" : `x-amz-checksum-${algorithm.toLowerCase()}`;
      expect(request.headers["x-amz-trailer"]).toBe(trailer);
      expect((await read(request.body, request.headers)).equals(bytes), algorithm).toBe(true);
    }
  });

  it("are refused when their checksum is another's", async () => {
    const { body, headers } = await upload(bytes, "CRC64NVME");
    body[200] = (body[200] ?? 0) ^ 1;
    expect(await refusal(read(body, headers))).toEqual({
      code: "BadDigest",
      message: "The CRC64NVME you specified did not match the calculated checksum.",
    });
  });

  it("are refused without the trailer that was announced, or with another", async () => {
    const { body, headers } = await upload(bytes, "SHA256");
    const other = { ...headers, "x-amz-trailer": "x-amz-checksum-sha1" };
    expect(await refusal(read(body, other))).toMatchObject({ code: "MalformedTrailerError" });
    const bare = Buffer.concat([body.subarray(0, body.lastIndexOf("x-amz-checksum-sha256")), Buffer.from("\r\n")]);
    expect(await refusal(read(bare, headers))).toMatchObject({ code: "MalformedTrailerError" });
  });
});

describe("bodies in one piece", () => {
  it("must be those whose hash was signed", async () => {
    const body = Buffer.from("hello");
    const headers = { "x-amz-content-sha256": payloadHash(body) };
    expect((await read(body, headers)).toString()).toBe("hello");
    expect(await refusal(read(Buffer.from("hullo"), headers))).toMatchObject({ code: "XAmzContentSHA256Mismatch" });
  });

  it("pass untouched when nobody signed them", async () => {
    const body = Buffer.from("hello");
    expect((await read(body, { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" })).toString()).toBe("hello");
    expect((await read(body, {})).toString()).toBe("hello");
  });

  it("leave the request open when their reader gives up", async () => {
    const unsigned = { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
    const hashed = { "x-amz-content-sha256": payloadHash(Buffer.from("hello")) };
    for (const headers of [unsigned, hashed]) {
      const request = Readable.from(Array.from({ length: 100 }, () => Buffer.alloc(100_000)));
      for await (const _piece of openSignedBody(request, headers, undefined)) break;
      expect(request.destroyed).toBe(false);
    }
  });

  it("must say what they are", () => {
    const headers = { "x-amz-content-sha256": "STREAMING" };
    expect(() => openSignedBody(Readable.from([]), headers, undefined)).toThrow(/must be UNSIGNED-PAYLOAD, /);
  });
});

describe("any unsigned chunks, in any pieces", () => {
  it("are the bytes they were made of, and garbage is refused", async () => {
    const size = fc.integer({ min: 8192, max: 20_000 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(size, { maxLength: 4 }),
        fc.nat(8191),
        fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1 }),
        async (sizes, rest, pieces) => {
          const lengths = [...sizes, ...(rest > 0 ? [rest] : [])];
          const parts = lengths.map((length) => Buffer.alloc(length, length % 256));
          const encoded = parts.map((part) => [
            Buffer.from(`${part.length.toString(16)}\r\n`),
            part,
            Buffer.from("\r\n"),
          ]);
          const body = Buffer.concat([...encoded.flat(), Buffer.from("0\r\n\r\n")]);
          const decoded = Buffer.concat(parts);
          const headers = {
            "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            "x-amz-decoded-content-length": String(decoded.length),
          };
          expect((await read(body, headers, undefined, pieces)).equals(decoded)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (garbage) => {
        const headers = {
          "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
          "x-amz-decoded-content-length": "9",
        };
        await refusal(read(Buffer.from(garbage), headers));
      }),
    );
  });
});
