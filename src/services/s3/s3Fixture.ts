import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { TEST_ACCOUNT, type TestCloud, type TestCloudOptions, testCloud } from "../../../test/harness.ts";

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

export const documentOf = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

/** A client under a role that may do what the statements say. */
export const roleClient = async ({ cloud }: S3Fixture, ...statements: object[]): Promise<S3Client> => {
  const iam = cloud.client(IAMClient);
  const trust = { Effect: "Allow", Principal: { AWS: TEST_ACCOUNT }, Action: "sts:AssumeRole" };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: "r", AssumeRolePolicyDocument: documentOf(trust) }),
  );
  await iam.send(
    new PutRolePolicyCommand({ RoleName: "r", PolicyName: "p", PolicyDocument: documentOf(...statements) }),
  );
  const { Credentials } = await cloud
    .client(STSClient)
    .send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "test" }));
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return cloud.client(S3Client, { credentials });
};
