import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type TestCloud, type TestCloudOptions, testCloud } from "../../../test/harness.ts";

/** The bucket tests work in. */
export const BUCKET = "my-bucket";

/** A cloud with one bucket, and short words for what every test does. */
export interface S3Fixture extends AsyncDisposable {
  readonly cloud: TestCloud;
  readonly s3: S3Client;
  put(Key: string, Body?: string, more?: object): Promise<string | undefined>;
  read(Key: string, more?: object): Promise<string>;
}

export const s3Fixture = async (options: TestCloudOptions = {}): Promise<S3Fixture> => {
  const cloud = await testCloud(options);
  const s3 = cloud.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  return {
    cloud,
    s3,
    put: async (Key, Body = Key, more = {}) => {
      const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more }));
      return VersionId;
    },
    read: async (Key, more = {}) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...more }));
      return (await Body?.transformToString()) ?? "";
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
};
