import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import * as s3 from "@aws-sdk/client-s3";
import { afterEach, beforeEach } from "vitest";
import { type TestCloud, testCloud } from "../../test/harness.ts";
import { programIo } from "../../test/programIo.ts";
import { AwsError } from "../kernel/errors.ts";
import { defineService } from "../kernel/rooms.ts";
import { runAws } from "./run.ts";

/** The cloud that `aws` speaks to, and the folder in which it runs; new for each test. */
export let cloud: TestCloud;
export let directory = "";
/** What the fake S3 holds, by `BUCKET/KEY`. */
export const objects = new Map<string, Buffer>();
export const types = new Map<string, string | undefined>();

/** As much of S3 as `aws s3` calls. */
const s3Fake = async () =>
  defineService<object, "s3">({
    name: "s3",
    model: s3,
    scope: "region",
    open: () => ({}),
    iam: {},
    operations: {
      CreateBucket: () => async () => ({}),
      DeleteBucket: () => async () => ({}),
      PutObject:
        () =>
        async (_ctx, { Bucket, Key, Body, ContentType }) => {
          objects.set(`${Bucket}/${Key}`, Body ? await buffer(Body) : Buffer.alloc(0));
          types.set(`${Bucket}/${Key}`, ContentType);
          return {};
        },
      GetObject:
        () =>
        async (_ctx, { Bucket, Key }) => {
          const object = objects.get(`${Bucket}/${Key}`);
          if (!object) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
          return { Body: Readable.from([object]), LastModified: new Date(1_000_000) };
        },
      HeadObject:
        () =>
        async (_ctx, { Bucket, Key }) => {
          if (!objects.has(`${Bucket}/${Key}`)) throw new AwsError("NotFound", "Not Found", 404);
          return {};
        },
      DeleteObject:
        () =>
        async (_ctx, { Bucket, Key }) => {
          objects.delete(`${Bucket}/${Key}`);
          return {};
        },
      CopyObject:
        () =>
        async (_ctx, { Bucket, Key, CopySource = "" }) => {
          objects.set(`${Bucket}/${Key}`, objects.get(decodeURIComponent(CopySource)) ?? Buffer.alloc(0));
          return { CopyObjectResult: { ETag: "x" } };
        },
      ListObjectsV2:
        () =>
        async (_ctx, { Bucket, Prefix = "", Delimiter }) => {
          const keys = [...objects.keys()].filter((key) => key.startsWith(`${Bucket}/${Prefix}`)).sort();
          const all = keys.map((key) => ({
            Key: key.slice(Bucket.length + 1),
            Size: objects.get(key)?.length,
            LastModified: new Date(Date.now() + 60_000),
          }));
          const folder = (key: string) => (Delimiter ? key.slice(Prefix.length).indexOf(Delimiter) : -1);
          const Contents = all.filter(({ Key }) => folder(Key) < 0);
          const folders = new Set(
            all.filter(({ Key }) => folder(Key) >= 0).map(({ Key }) => Key.slice(0, Prefix.length + folder(Key) + 1)),
          );
          return { Contents, CommonPrefixes: [...folders].map((each) => ({ Prefix: each })) };
        },
    },
  });

/** Gives each test of a file a cloud and a folder of its own. */
export const freshForEachTest = (): void => {
  beforeEach(async () => {
    cloud = await testCloud({ loaders: { s3: s3Fake } });
    directory = mkdtempSync(join(tmpdir(), "aloft-aws-"));
    objects.clear();
    types.clear();
  });
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true });
  });
};

/** Runs `aws` in the folder. */
export const aws = async (...args: readonly string[]) => {
  const { io, written } = programIo(cloud, {
    cwd: directory,
    env: { AWS_REGION: "us-east-1" },
    stdin: async () => Buffer.from("from stdin"),
    sleep: async () => {},
  });
  const code = await runAws(args, io);
  return { code, ...written, json: () => JSON.parse(written.out) };
};

/** Writes a file into the folder. */
export const file = (name: string, text: string) => {
  mkdirSync(join(directory, name, ".."), { recursive: true });
  writeFileSync(join(directory, name), text);
};
