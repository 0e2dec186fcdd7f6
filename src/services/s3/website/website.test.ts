import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import {
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  type WebsiteConfiguration,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { TEST_ACCOUNT, TEST_REGION } from "../../../../test/harness.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "../s3Fixture.ts";
import { websiteDoor } from "./lazyDoor.ts";

const HOST = `${BUCKET}.s3-website.localhost:4566`;

const open = async (room: S3Fixture, WebsiteConfiguration: WebsiteConfiguration) => {
  await room.s3.send(new DeletePublicAccessBlockCommand({ Bucket: BUCKET }));
  const Statement = [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${BUCKET}/*` }];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await room.s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
  await room.s3.send(new PutBucketWebsiteCommand({ Bucket: BUCKET, WebsiteConfiguration }));
};

const doorOf = ({ cloud }: S3Fixture) =>
  websiteDoor(async () => (await cloud.rooms.open("s3", TEST_ACCOUNT, TEST_REGION))?.room.room);

const visit = async (room: S3Fixture, path: string, { host = HOST, method = "GET", headers = {} } = {}) => {
  const answered = await doorOf(room)({
    method,
    host,
    path,
    rawQuery: "",
    headers,
    body: Readable.from([]),
    signal: new AbortController().signal,
  });
  return { ...answered!, text: await bodyText(answered!) };
};

const bodyText = async ({ body }: HttpResponse) =>
  body === undefined
    ? undefined
    : typeof body === "string"
      ? body
      : text(Readable.from(body as AsyncIterable<Uint8Array>));

describe("a website", () => {
  it("shows index documents, and its error document for what is missing", async () => {
    await using room = await s3Fixture();
    await open(room, { IndexDocument: { Suffix: "index.html" }, ErrorDocument: { Key: "oops.html" } });
    await room.put("index.html", "home", { ContentType: "text/html" });
    await room.put("a b/index.html", "below");
    await room.put("oops.html", "oops");
    expect(await visit(room, "/")).toMatchObject({
      status: 200,
      text: "home",
      headers: { "content-type": "text/html" },
    });
    expect(await visit(room, "/a%20b/")).toMatchObject({ status: 200, text: "below" });
    expect(await visit(room, "/a%20b")).toMatchObject({ status: 302, headers: { location: "/a%20b/" } });
    expect(await visit(room, "/none")).toMatchObject({ status: 403, text: "oops" });
    expect(await visit(room, "/index.html", { headers: { range: "bytes=0-1" } })).toMatchObject({
      status: 206,
      text: "ho",
    });
    const { headers } = await visit(room, "/");
    expect(await visit(room, "/", { headers: { "if-none-match": headers["etag"] } })).toMatchObject({
      status: 304,
      text: undefined,
    });
    expect(await visit(room, "/", { method: "HEAD" })).toMatchObject({ status: 200, text: undefined });
    expect(await visit(room, "/", { method: "POST" })).toMatchObject({ status: 405 });
    await room.put("oops.html", "oops", { WebsiteRedirectLocation: "/elsewhere" });
    expect(await visit(room, "/none")).toMatchObject({ status: 301, headers: { location: "/elsewhere" } });
  });

  it("redirects by rules, by objects and as a whole", async () => {
    await using room = await s3Fixture();
    const RoutingRules = [
      { Condition: { KeyPrefixEquals: "old/" }, Redirect: { ReplaceKeyPrefixWith: "new/" } },
      {
        Condition: { HttpErrorCodeReturnedEquals: "403" },
        Redirect: { HostName: "example.com", HttpRedirectCode: "302" },
      },
    ];
    await open(room, { IndexDocument: { Suffix: "index.html" }, RoutingRules });
    await room.put("moved", "", { WebsiteRedirectLocation: "/there" });
    expect(await visit(room, "/old/x")).toMatchObject({ status: 301, headers: { location: `http://${HOST}/new/x` } });
    expect(await visit(room, "/none")).toMatchObject({ status: 302, headers: { location: "http://example.com/none" } });
    expect(await visit(room, "/moved")).toMatchObject({ status: 301, headers: { location: "/there" } });
    await open(room, { RedirectAllRequestsTo: { HostName: "example.com", Protocol: "https" } });
    expect(await visit(room, "/a")).toMatchObject({ status: 301, headers: { location: "https://example.com/a" } });
  });

  it("says in a page of its own what is wrong, and is found by AWS's hosts", async () => {
    await using room = await s3Fixture();
    const unset = await visit(room, "/");
    expect(unset.status).toBe(404);
    expect(unset.text).toContain("<li>Code: NoSuchWebsiteConfiguration</li>");
    expect(unset.text).toMatch(/<li>BucketName: my-bucket<\/li>\n<li>RequestId: \S+<\/li>\n<li>HostId: aloft<\/li>/);
    for (const host of [`none.s3-website-us-east-1.amazonaws.com`, `none.s3-website.eu-central-1.amazonaws.com`]) {
      expect((await visit(room, "/", { host })).text).toContain("<li>Code: NoSuchBucket</li>");
    }
    expect(doorOf(room)({ ...REQUEST, host: `${BUCKET}.s3.localhost:4566` })).toBeUndefined();
    await room.s3.send(
      new PutBucketWebsiteCommand({
        Bucket: BUCKET,
        WebsiteConfiguration: { IndexDocument: { Suffix: "index.html" } },
      }),
    );
    await room.put("index.html");
    expect(await visit(room, "/")).toMatchObject({ status: 403 });
  });
});

const REQUEST = {
  method: "GET",
  path: "/",
  rawQuery: "",
  headers: {},
  body: Readable.from([]),
  signal: new AbortController().signal,
};
