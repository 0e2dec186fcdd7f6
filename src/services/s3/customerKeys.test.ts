import { createHash } from "node:crypto";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { ask } from "../../../test/ask.ts";
import { refusal } from "../../../test/refusal.ts";
import { BUCKET, s3Fixture } from "./s3Fixture.ts";

const Bucket = BUCKET;
const Key = "secret";
const keyOf = (letter: string, length = 32) => ({
  SSECustomerAlgorithm: "AES256",
  SSECustomerKey: letter.repeat(length),
});
const sourceKeyOf = (letter: string) => ({
  CopySourceSSECustomerAlgorithm: "AES256",
  CopySourceSSECustomerKey: letter.repeat(32),
});
const MD5_OF_A = createHash("md5").update("a".repeat(32)).digest("base64");
const NEEDED = "The object was stored using a form of Server Side Encryption";

describe("an object under a customer's key", () => {
  test("is read with that key alone, and told of by it", async () => {
    await using fixture = await s3Fixture();
    const { s3, put, read } = fixture;
    const written = await s3.send(new PutObjectCommand({ Bucket, Key, Body: "text", ...keyOf("a") }));
    expect(written).toMatchObject({ SSECustomerAlgorithm: "AES256", SSECustomerKeyMD5: MD5_OF_A });
    expect(written.ServerSideEncryption).toBeUndefined();
    expect(written.ETag).not.toContain(createHash("md5").update("text").digest("hex"));
    expect(await read(Key, keyOf("a"))).toBe("text");
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key, ...keyOf("a") }));
    expect(head).toMatchObject({ ETag: written.ETag, SSECustomerKeyMD5: MD5_OF_A });
    expect(await refusal(read(Key))).toContain(NEEDED);
    expect(await refusal(read(Key, keyOf("b")))).toMatch(/^AccessDenied: .* must provide the correct secret key\.$/);
    const attributes = (more: object) =>
      s3.send(new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ["ObjectSize"], ...more }));
    expect(await refusal(attributes({}))).toContain(NEEDED);
    expect(await attributes(keyOf("a"))).toMatchObject({ ObjectSize: 4 });
    await put("plain");
    expect(await refusal(read("plain", keyOf("a")))).toContain("are not applicable to this object");
  });

  test("is copied from one key to another, or to none", async () => {
    await using fixture = await s3Fixture();
    const { s3, put, read } = fixture;
    await put(Key, "text", keyOf("a"));
    const copy = (more: object) =>
      s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/${Key}`, ...more }));
    expect(await refusal(copy(keyOf("b")))).toContain(NEEDED);
    expect(await copy({ ...sourceKeyOf("a"), ...keyOf("b") })).toMatchObject({ SSECustomerAlgorithm: "AES256" });
    expect(await read("copy", keyOf("b"))).toBe("text");
    expect(await copy(sourceKeyOf("a"))).toMatchObject({ ServerSideEncryption: "AES256" });
    expect(await read("copy")).toBe("text");
  });

  test("is made of parts that bring the same key", async () => {
    await using fixture = await s3Fixture();
    const { s3, put, read } = fixture;
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...keyOf("a") }));
    const part = (more: object) =>
      s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: "text", ...more }));
    expect(await refusal(part({}))).toContain("must include the appropriate encryption parameters");
    expect(await refusal(part(keyOf("b")))).toContain("did not match the ones used originally");
    await put("source", "text", keyOf("b"));
    const copied = await s3.send(
      new UploadPartCopyCommand({
        Bucket,
        Key,
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/source`,
        ...sourceKeyOf("b"),
        ...keyOf("a"),
      }),
    );
    expect(copied).toMatchObject({ SSECustomerAlgorithm: "AES256" });
    const { ETag } = await part(keyOf("a"));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
    expect(await read(Key, keyOf("a"))).toBe("text");
    expect(await refusal(read(Key))).toContain(NEEDED);
  });
});

describe("refusals", () => {
  test.each([
    [
      { ...keyOf("a"), ServerSideEncryption: "AES256" },
      "InvalidArgument: Server Side Encryption with Customer provided",
    ],
    [{ ...keyOf("a"), SSECustomerAlgorithm: "KMS" }, "InvalidEncryptionAlgorithmError: .* Supported value: AES256"],
    [{ SSECustomerKey: "a".repeat(32) }, "InvalidArgument: .* must provide a valid encryption algorithm"],
    [{ SSECustomerAlgorithm: "AES256" }, "InvalidArgument: .* must provide an appropriate secret key"],
    [keyOf("a", 10), "InvalidArgument: The secret key was invalid for the specified algorithm"],
  ])("%o", async (more, message) => {
    await using fixture = await s3Fixture();
    expect(await refusal(fixture.put(Key, "text", more))).toMatch(new RegExp(message));
  });

  test.each(["an object", "a part"])("a digest of another key, of %s", async (what) => {
    await using fixture = await s3Fixture({ auth: "open" });
    const begun = await fixture.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...keyOf("a") }));
    const { status, text } = await ask(fixture.cloud, {
      method: "PUT",
      path: `/${Bucket}/${Key}${what === "a part" ? `?partNumber=1&uploadId=${begun.UploadId}` : ""}`,
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`,
        "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
        "x-amz-server-side-encryption-customer-algorithm": "AES256",
        "x-amz-server-side-encryption-customer-key": Buffer.from("a".repeat(32)).toString("base64"),
        "x-amz-server-side-encryption-customer-key-md5": Buffer.from("b".repeat(16)).toString("base64"),
      },
    });
    expect([status, text]).toEqual([
      400,
      expect.stringContaining("The calculated MD5 hash of the key did not match the hash that was provided."),
    ]);
  });
});
