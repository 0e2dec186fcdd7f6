import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { BUCKET as Bucket, s3Fixture } from "./s3Fixture.ts";

const Key = "secret";
const ServerSideEncryption = "aws:kms" as const;

describe("objects under keys of KMS", () => {
  test("name the key by its ARN, tell no MD5, and go with the key", async () => {
    await using room = await s3Fixture();
    const kms = room.cloud.client(KMSClient);
    const { KeyId = "", Arn } = (await kms.send(new CreateKeyCommand({}))).KeyMetadata ?? {};
    const written = await room.s3.send(
      new PutObjectCommand({ Bucket, Key, Body: "x", ServerSideEncryption, SSEKMSKeyId: KeyId }),
    );
    expect(written).toMatchObject({
      SSEKMSKeyId: Arn,
      ETag: expect.not.stringContaining("9dd4e461268c8034f5c8564e155c67a6"),
    });
    expect(await room.read(Key)).toBe("x");
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(room.read(Key)).rejects.toMatchObject({
      name: "KMS.DisabledException",
      message: `${Arn} is disabled.`,
    });
    await expect(room.put("none", "x", { ServerSideEncryption, SSEKMSKeyId: "none" })).rejects.toMatchObject({
      name: "KMS.NotFoundException",
      message: "Invalid keyId 'none'",
    });
  });

  test("are read and written by those whom the key lets, and by all under S3's own", async () => {
    await using room = await s3Fixture();
    const kms = room.cloud.client(KMSClient);
    const iam = room.cloud.client(IAMClient);
    const { KeyId } = (await kms.send(new CreateKeyCommand({}))).KeyMetadata ?? {};
    await iam.send(new CreateUserCommand({ UserName: "ada" }));
    const Statement = [{ Effect: "Allow", Action: "s3:*", Resource: "*" }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.send(new PutUserPolicyCommand({ UserName: "ada", PolicyName: "s3", PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ada" }));
    const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
    const hers = room.cloud.client(S3Client, { credentials: { accessKeyId, secretAccessKey } });
    await room.put(Key, "x", { ServerSideEncryption, SSEKMSKeyId: KeyId });
    await expect(hers.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("kms:Decrypt"),
    });
    await hers.send(new PutObjectCommand({ Bucket, Key: "hers", Body: "y", ServerSideEncryption }));
    expect(await room.read("hers")).toBe("y");
    const { SSEKMSKeyId } = await room.s3.send(new HeadObjectCommand({ Bucket, Key: "hers" }));
    expect(SSEKMSKeyId).toMatch(/^arn:aws:kms:us-east-1:123456789012:key\//);
  });
});
