import { Readable } from "node:stream";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { describe, expect, test } from "vitest";
import { BUCKET as Bucket, type S3Fixture, s3Fixture } from "./s3Fixture.ts";

/** Sends what a presigned URL asks for, as somebody does who has nothing but the URL. */
const send = async (room: S3Fixture, method: string, url: string, body = "", headers = {}) => {
  const { host, pathname, search } = new URL(url);
  const answer = await room.cloud.handler({
    method,
    host,
    path: pathname,
    rawQuery: search.slice(1),
    headers: { host, ...headers },
    body: Readable.from(body === "" ? [] : [Buffer.from(body)], { objectMode: false }),
    signal: new AbortController().signal,
  });
  const text = answer.body instanceof Readable ? await answer.body.toArray() : [answer.body ?? ""];
  return { status: answer.status, body: text.join("") };
};

/** A client that has one more parameter in its URLs. */
const asking = (room: S3Fixture, name: string, value: string): S3Client => {
  const client = room.cloud.client(S3Client);
  client.middlewareStack.add(
    (next) => (args) => {
      (args.request as { query: Record<string, string> }).query[name] = value;
      return next(args);
    },
    { step: "build" },
  );
  return client;
};

const head = (room: S3Fixture, Key: string) => room.s3.send(new HeadObjectCommand({ Bucket, Key }));

describe("a presigned URL", () => {
  test("carries the headers that the SDK moves into it", async () => {
    await using room = await s3Fixture();
    const put = new PutObjectCommand({
      Bucket,
      Key: "a",
      Metadata: { team: "a" },
      StorageClass: "STANDARD_IA",
      WebsiteRedirectLocation: "/b",
    });
    expect(await send(room, "PUT", await getSignedUrl(room.s3, put), "hello")).toMatchObject({ status: 200 });
    expect(await head(room, "a")).toMatchObject({
      ContentLength: 5,
      Metadata: { team: "a" },
      StorageClass: "STANDARD_IA",
      WebsiteRedirectLocation: "/b",
    });
  });

  test("carries no tags: those must come as a header", async () => {
    await using room = await s3Fixture();
    const put = new PutObjectCommand({ Bucket, Key: "a", Tagging: "x=y" });
    expect(await send(room, "PUT", await getSignedUrl(room.s3, put))).toMatchObject({ status: 200 });
    expect(await head(room, "a")).not.toHaveProperty("TagCount");
  });

  test("carries conditions of what is written and read", async () => {
    await using room = await s3Fixture();
    await room.put("a", "hello");
    const put = new PutObjectCommand({ Bucket, Key: "a" });
    const created = await getSignedUrl(asking(room, "If-None-Match", "*"), put);
    expect(await send(room, "PUT", created, "other")).toMatchObject({
      status: 412,
      body: expect.stringContaining("PreconditionFailed"),
    });
    const other = await getSignedUrl(asking(room, "If-Match", '"0"'), new GetObjectCommand({ Bucket, Key: "a" }));
    expect(await send(room, "GET", other)).toMatchObject({ status: 412 });
    expect(await room.read("a")).toBe("hello");
  });

  test("is read with a body that nobody looks at", async () => {
    await using room = await s3Fixture();
    await room.put("a", "hello");
    const get = await getSignedUrl(room.s3, new GetObjectCommand({ Bucket, Key: "a" }));
    expect(await send(room, "GET", get, "{}")).toEqual({ status: 200, body: "hello" });
    const list = await getSignedUrl(room.s3, new ListObjectsV2Command({ Bucket }));
    expect(await send(room, "GET", list, "<a>")).toMatchObject({ status: 200 });
  });

  test("is refused with x-amz headers beside it, but for the body's hash", async () => {
    await using room = await s3Fixture();
    const url = await getSignedUrl(room.s3, new PutObjectCommand({ Bucket, Key: "a" }));
    const hash = { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
    expect((await send(room, "PUT", url, "hello", { ...hash, "x-amz-acl": "private" })).body).toContain(
      "<HeadersNotSigned>x-amz-acl</HeadersNotSigned>",
    );
    expect(await send(room, "PUT", url, "hello", hash)).toMatchObject({ status: 200 });
  });
});
