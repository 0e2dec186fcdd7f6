import { Readable } from "node:stream";
import { PutBucketCorsCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { TEST_ACCOUNT, TEST_REGION } from "../../../../test/harness.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "../s3Fixture.ts";
import { s3Cors } from "./lazyDoor.ts";

const corsOf = ({ cloud }: S3Fixture) => s3Cors(() => cloud.rooms.peek("s3", TEST_ACCOUNT, TEST_REGION)?.room.room);

const request = (method: string, headers: Record<string, string>, path = `/${BUCKET}/k`) => ({
  method,
  host: "127.0.0.1:4566",
  path,
  rawQuery: "",
  headers,
  body: Readable.from([]),
  signal: new AbortController().signal,
});

const ask = (method: string, headers = "", origin = "http://app.localhost") => ({
  origin,
  "access-control-request-method": method,
  ...(headers ? { "access-control-request-headers": headers } : {}),
});

const allow = ({ s3 }: S3Fixture, rule: object) =>
  s3.send(
    new PutBucketCorsCommand({
      Bucket: BUCKET,
      CORSConfiguration: { CORSRules: [{ AllowedMethods: ["GET", "PUT"], AllowedOrigins: ["*"], ...rule }] },
    }),
  );

describe("CORS", () => {
  it("answers a preflight by the first rule that fits", async () => {
    await using room = await s3Fixture();
    await allow(room, {
      AllowedOrigins: ["http://*.localhost"],
      AllowedHeaders: ["x-amz-*"],
      MaxAgeSeconds: 60,
      ExposeHeaders: ["ETag"],
    });
    const { door } = corsOf(room);
    expect(await door(request("OPTIONS", ask("PUT", "X-Amz-Date, x-amz-acl")))).toMatchObject({
      status: 200,
      headers: {
        "access-control-allow-origin": "http://app.localhost",
        "access-control-allow-methods": "GET, PUT",
        "access-control-allow-headers": "x-amz-date, x-amz-acl",
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "ETag",
        "access-control-max-age": "60",
      },
    });
    const refused = [ask("DELETE"), ask("PUT", "authorization"), ask("PUT", "", "http://evil.example")];
    for (const headers of refused) expect(await door(request("OPTIONS", headers))).toMatchObject({ status: 403 });
    expect(await door(request("OPTIONS", { origin: "x", "access-control-request-method": "NO" }))).toMatchObject({
      status: 400,
    });
  });

  it("is for buckets that are there alone", async () => {
    await using room = await s3Fixture();
    const { door } = corsOf(room);
    expect(await door(request("OPTIONS", ask("GET")))).toMatchObject({
      status: 403,
      body: expect.stringContaining("CORS is not enabled for this bucket."),
    });
    expect(await door(request("OPTIONS", { origin: "http://a" }))).toMatchObject({
      body: expect.stringMatching(/<Method>OPTIONS<.Method><ResourceType>BUCKET<.ResourceType><RequestId>.+<HostId>/),
    });
    expect(await door(request("OPTIONS", {}))).toMatchObject({ status: 400 });
    expect(door(request("OPTIONS", ask("GET"), "/2015-03-31/functions"))).toBeUndefined();
    const unknown = { ...request("OPTIONS", ask("GET"), "/k"), host: "none.s3.localhost:4566" };
    expect(await door(unknown)).toMatchObject({
      status: 403,
      body: expect.stringContaining("CORSResponse: Bucket not found"),
    });
    expect(door(request("GET", ask("GET")))).toBeUndefined();
  });

  it("adds to answers what lets a page read them", async () => {
    await using room = await s3Fixture();
    await allow(room, {});
    const { decorate } = corsOf(room);
    const response = { status: 200, headers: { "x-amz-id-2": "aloft" } };
    const decorated = await decorate(request("GET", { origin: "http://a" }), response);
    expect(decorated.headers).toMatchObject({ "access-control-allow-origin": "*" });
    expect(await decorate(request("DELETE", { origin: "http://a" }), response)).toBe(response);
    expect(await decorate(request("GET", {}), response)).toBe(response);
  });

  it("takes no rules that browsers do not know", async () => {
    await using room = await s3Fixture();
    await expect(allow(room, { AllowedMethods: ["PATCH"] })).rejects.toMatchObject({ name: "InvalidRequest" });
    await expect(allow(room, { AllowedOrigins: ["http://*.*"] })).rejects.toMatchObject({ name: "InvalidRequest" });
  });
});
