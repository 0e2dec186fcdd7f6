import { gunzipSync } from "node:zlib";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { testCloud } from "../../../../test/harness.ts";

/** The bucket that tests export to and import from. */
export const Bucket = "transfers";

/** A cloud with that bucket, and short words for what lies in it. */
export const withBucket = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  const s3 = cloud.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket }));
  const text = async (Key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    return Key.endsWith(".gz") ? gunzipSync(bytes).toString() : Buffer.from(bytes).toString();
  };
  const keys = async () =>
    (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key = "" }) => Key) ?? [];
  const putObject = (Key: string, Body: string | Uint8Array) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  return { cloud, client, text, keys, putObject };
};
