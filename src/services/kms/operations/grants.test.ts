import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateGrantCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  KMSClient,
  ListGrantsCommand,
  ListRetirableGrantsCommand,
  RetireGrantCommand,
  RevokeGrantCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { describe, expect, test } from "vitest";
import { kmsRoom } from "../kmsFixture.ts";

const Plaintext = Buffer.from("hunter2");
const ada = "arn:aws:iam::123456789012:user/ada";

/** A user whom no policy allows anything. */
const setUp = async () => {
  const room = await kmsRoom();
  const iam = room.cloud.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: "ada" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ada" }));
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  const hers = room.cloud.client(KMSClient, { credentials: { accessKeyId, secretAccessKey } });
  return { ...room, hers, KeyId: await room.make() };
};

describe("grants", () => {
  test("let their grantee do what they name, within their context, until they are revoked", async () => {
    await using room = await setUp();
    const { kms, hers, KeyId } = room;
    const encrypt = (team?: string) =>
      hers.send(new EncryptCommand({ KeyId, Plaintext, ...(team ? { EncryptionContext: { team } } : {}) }));
    await expect(encrypt("a")).rejects.toMatchObject({ name: "AccessDeniedException" });
    const { GrantId = "" } = await kms.send(
      new CreateGrantCommand({
        KeyId,
        GranteePrincipal: ada,
        Operations: ["Encrypt"],
        Constraints: { EncryptionContextSubset: { team: "a" } },
      }),
    );
    const { CiphertextBlob } = await encrypt("a");
    await expect(encrypt("b")).rejects.toMatchObject({ name: "AccessDeniedException" });
    await expect(encrypt()).rejects.toMatchObject({ name: "AccessDeniedException" });
    await expect(
      hers.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { team: "a" } })),
    ).rejects.toMatchObject({ name: "AccessDeniedException" });
    await kms.send(new RevokeGrantCommand({ KeyId, GrantId }));
    await expect(encrypt("a")).rejects.toMatchObject({ name: "AccessDeniedException" });
    await expect(kms.send(new RevokeGrantCommand({ KeyId, GrantId }))).rejects.toThrow(`Grant ID ${GrantId} not found`);
  });

  test("are listed, are one under the same name and terms, and are retired by whom they name", async () => {
    await using room = await setUp();
    const { kms, hers, KeyId } = room;
    const terms = {
      KeyId,
      Name: "n",
      GranteePrincipal: ada,
      RetiringPrincipal: ada,
      Operations: ["DescribeKey"],
    } as const;
    const create = () => kms.send(new CreateGrantCommand({ ...terms, Operations: [...terms.Operations] }));
    const { GrantId, GrantToken } = await create();
    expect(await create()).toMatchObject({ GrantId });
    const { Grants } = await kms.send(new ListGrantsCommand({ KeyId }));
    expect(Grants).toMatchObject([{ GrantId, Name: "n", GranteePrincipal: ada, Operations: ["DescribeKey"] }]);
    const retirable = await kms.send(new ListRetirableGrantsCommand({ RetiringPrincipal: ada }));
    expect(retirable.Grants?.map((grant) => grant.GrantId)).toEqual([GrantId]);
    await hers.send(new DescribeKeyCommand({ KeyId }));
    await hers.send(new RetireGrantCommand({ GrantToken }));
    await expect(hers.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({ name: "AccessDeniedException" });
    await expect(kms.send(new RetireGrantCommand({ GrantToken }))).rejects.toMatchObject({
      name: "InvalidGrantTokenException",
    });
  });

  test("refuse operations that the key does not know", async () => {
    await using room = await setUp();
    const input = { KeyId: room.KeyId, GranteePrincipal: ada, Operations: ["Sign" as const] };
    await expect(room.kms.send(new CreateGrantCommand(input))).rejects.toMatchObject({ name: "ValidationException" });
  });
});

describe("the keys that services have of their own", () => {
  test("are made when they are asked for, and used and changed by nobody directly", async () => {
    await using room = await setUp();
    const { kms } = room;
    const KeyId = "alias/aws/s3";
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({ KeyManager: "AWS", KeyState: "Enabled" });
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    await expect(kms.send(new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    await expect(kms.send(new DescribeKeyCommand({ KeyId: "alias/aws/none" }))).rejects.toThrow("is not found.");
  });
});
