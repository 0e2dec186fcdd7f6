import { Readable } from "node:stream";
import {
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketNotificationConfigurationCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { createPresignedPost, type PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { describe, expect, test } from "vitest";
import type { HttpResponse } from "../../../kernel/http.ts";
import { BUCKET as Bucket, type S3Fixture, s3Fixture } from "../s3Fixture.ts";

interface Upload {
  readonly fields?: Readonly<Record<string, string>>;
  readonly file?: string | Blob;
  readonly filename?: string;
  readonly contentType?: string;
}

/** Sends a form as a browser does. */
const post = async (room: S3Fixture, { fields = {}, file = "bytes", filename = "a.txt", contentType }: Upload) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", typeof file === "string" ? new Blob([file]) : file, filename);
  const encoded = new Response(form);
  const answer: HttpResponse = await room.cloud.handler({
    method: "POST",
    host: "127.0.0.1:4566",
    path: `/${Bucket}`,
    rawQuery: "",
    headers: { host: "127.0.0.1:4566", "content-type": contentType ?? encoded.headers.get("content-type") ?? "" },
    body: Readable.from([Buffer.from(await encoded.arrayBuffer())], { objectMode: false }),
    signal: new AbortController().signal,
  });
  return { status: answer.status, headers: answer.headers, body: String(answer.body ?? "") };
};

const signed = async (s3: S3Client, more: Partial<PresignedPostOptions> = {}) =>
  (await createPresignedPost(s3, { Bucket, Key: "up", ...more })).fields;

describe("an upload by a form", () => {
  test("is stored with what its fields say", async () => {
    await using room = await s3Fixture();
    const Fields = {
      "x-amz-meta-team": "a",
      "Content-Type": "text/plain",
      tagging: "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>",
    };
    const fields = await signed(room.s3, { Key: "in/${filename}", Fields });
    const answer = await post(room, { fields, file: "hello", filename: "b.txt" });
    expect(answer).toMatchObject({ status: 204, headers: { etag: '"5d41402abc4b2a76b9719d911017c592"' } });
    expect(await room.read("in/b.txt")).toBe("hello");
    expect(await room.s3.send(new HeadObjectCommand({ Bucket, Key: "in/b.txt" }))).toMatchObject({
      ContentType: "text/plain",
      Metadata: { team: "a" },
    });
    const { TagSet } = await room.s3.send(new GetObjectTaggingCommand({ Bucket, Key: "in/b.txt" }));
    expect(TagSet).toEqual([{ Key: "k", Value: "v" }]);
  });

  test("is told of by a name of its own", async () => {
    await using room = await s3Fixture();
    const events: unknown[] = [];
    room.cloud.events.subscribe(({ source, detail }) => source === "aws.s3" && events.push(detail));
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await room.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    await post(room, { fields: await signed(room.s3, {}) });
    await room.cloud.tasks.idle();
    expect(events).toMatchObject([{ object: { key: "up" }, reason: "POST Object" }]);
  });

  test("keeps what its fields say beyond ASCII, and tells it as mail does", async () => {
    await using room = await s3Fixture();
    const Fields = {
      "x-amz-meta-name": "Zoë",
      "x-amz-meta-encoded": "=?UTF-8?B?YWJj?=",
      "Cache-Control": "a_—_é",
      "Content-Disposition": "Zoë",
    };
    await post(room, { fields: await signed(room.s3, { Fields }) });
    expect(await room.s3.send(new HeadObjectCommand({ Bucket, Key: "up" }))).toMatchObject({
      Metadata: { name: "=?UTF-8?Q?Zo=C3=AB?=", encoded: "=?UTF-8?B?YWJj?=" },
      CacheControl: "a_ _é",
      ContentDisposition: "=?UTF-8?Q?Zo=C3=AB?=",
    });
  });

  test("is answered as it asks", async () => {
    await using room = await s3Fixture();
    const created = await post(room, { fields: await signed(room.s3, { Fields: { success_action_status: "201" } }) });
    expect(created).toMatchObject({ status: 201, body: expect.stringContaining("<Key>up</Key>") });
    const success_action_redirect = "http://localhost.test/done";
    const redirected = await post(room, { fields: await signed(room.s3, { Fields: { success_action_redirect } }) });
    expect(redirected).toMatchObject({
      status: 303,
      headers: { location: expect.stringContaining(`http://localhost.test/done?bucket=${Bucket}&key=up&etag=`) },
    });
  });
});

describe("refusals", () => {
  test("of nobody, of a false signature, and of a policy that does not hold", async () => {
    await using room = await s3Fixture();
    expect(await post(room, { fields: { key: "up" } })).toMatchObject({ status: 403 });
    const fields = await signed(room.s3);
    const forged = await post(room, { fields: { ...fields, Policy: `${fields["Policy"]}AA==` } });
    expect(forged).toMatchObject({ status: 403, body: expect.stringContaining("SignatureDoesNotMatch") });
    const { "X-Amz-Signature": _signature, ...unsigned } = fields;
    expect(await post(room, { fields: unsigned })).toMatchObject({
      status: 400,
      body: expect.stringContaining("must contain a field named &#39;X-Amz-Signature&#39;".replaceAll("&#39;", "'")),
    });
    const extra = await post(room, { fields: { ...fields, acl: "public-read" } });
    expect(extra).toMatchObject({ status: 403, body: expect.stringContaining("Extra input fields: acl") });
    await expect(room.read("up")).rejects.toMatchObject({ name: "NoSuchKey" });
  });

  test("of files out of range, and of what is no form", async () => {
    await using room = await s3Fixture();
    const fields = await signed(room.s3, { Conditions: [["content-length-range", 2, 4]] });
    const large = await post(room, { fields, file: "12345" });
    expect(large).toMatchObject({ status: 400, body: expect.stringContaining("<ProposedSize>5</ProposedSize>") });
    expect(await post(room, { fields, file: "1" })).toMatchObject({
      status: 400,
      body: expect.stringContaining("EntityTooSmall"),
    });
    await expect(room.read("up")).rejects.toMatchObject({ name: "NoSuchKey" });
    expect(await post(room, { fields, contentType: "text/html" })).toMatchObject({ status: 412 });
  });
});
