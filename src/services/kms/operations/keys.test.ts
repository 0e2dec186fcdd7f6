import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateRandomCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ReEncryptCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
} from "@aws-sdk/client-kms";
import { describe, expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const Plaintext = Buffer.from("hunter2");
const DAY_MS = 86_400_000;

const setUp = async () => {
  const cloud = await testCloud();
  const kms = cloud.client(KMSClient);
  const make = async (input: ConstructorParameters<typeof CreateKeyCommand>[0] = {}) =>
    (await kms.send(new CreateKeyCommand(input))).KeyMetadata?.KeyId ?? "";
  return { cloud, kms, make, KeyId: await make(), [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose]() };
};

describe("keys", () => {
  test("are described, listed, tagged and rotated", async () => {
    await using room = await setUp();
    const { kms, KeyId } = room;
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({
      Arn: `arn:aws:kms:us-east-1:123456789012:key/${KeyId}`,
      KeyState: "Enabled",
      KeyUsage: "ENCRYPT_DECRYPT",
      KeySpec: "SYMMETRIC_DEFAULT",
    });
    expect((await kms.send(new ListKeysCommand({}))).Keys?.map((key) => key.KeyId)).toEqual([KeyId]);
    const Tags = ["a", "b"].map((TagKey) => ({ TagKey, TagValue: "1" }));
    await kms.send(new TagResourceCommand({ KeyId, Tags }));
    await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ["a"] }));
    expect((await kms.send(new ListResourceTagsCommand({ KeyId }))).Tags).toEqual([{ TagKey: "b", TagValue: "1" }]);
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
    });
  });

  test("have a policy, which can deny", async () => {
    await using room = await setUp();
    const { kms, KeyId } = room;
    const { Policy = "{}" } = await kms.send(new GetKeyPolicyCommand({ KeyId }));
    const policy = JSON.parse(Policy);
    expect(policy.Statement[0]).toMatchObject({ Action: "kms:*", Effect: "Allow" });
    const deny = { Effect: "Deny", Principal: "*", Action: "kms:Encrypt", Resource: "*" };
    const changed = JSON.stringify({ ...policy, Statement: [...policy.Statement, deny] });
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy: changed }));
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    await expect(kms.send(new PutKeyPolicyCommand({ KeyId, Policy: "x" }))).rejects.toMatchObject({
      name: "MalformedPolicyDocumentException",
    });
  });

  test("are disabled, deleted and taken back", async () => {
    await using room = await setUp();
    const { kms, KeyId } = room;
    const use = () => kms.send(new EncryptCommand({ KeyId, Plaintext }));
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(use()).rejects.toMatchObject({ name: "DisabledException" });
    await kms.send(new EnableKeyCommand({ KeyId }));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await expect(use()).rejects.toMatchObject({ name: "KMSInvalidStateException" });
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    expect((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState).toBe("Disabled");
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    room.cloud.clock.advance(7 * DAY_MS);
    await expect(kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: "NotFoundException",
      message: `Key 'arn:aws:kms:us-east-1:123456789012:key/${KeyId}' does not exist`,
    });
  });

  test("of other kinds are refused by name", async () => {
    await using room = await setUp();
    await expect(room.make({ KeySpec: "ML_DSA_44", KeyUsage: "SIGN_VERIFY" })).rejects.toMatchObject({
      name: "NotImplemented",
      message: "aloft has not built kms keys of the spec ML_DSA_44 yet.",
    });
    await expect(room.make({ KeySpec: "HMAC_256" })).rejects.toThrow("You must specify a KeyUsage value");
    await expect(room.make({ KeySpec: "RSA_2048", KeyUsage: "KEY_AGREEMENT" })).rejects.toThrow(
      "KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048",
    );
  });
});

describe("aliases", () => {
  test("name keys, and move", async () => {
    await using room = await setUp();
    const { kms, KeyId } = room;
    const AliasName = "alias/app";
    await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyId }));
    expect((await kms.send(new DescribeKeyCommand({ KeyId: AliasName }))).KeyMetadata?.KeyId).toBe(KeyId);
    await expect(kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyId }))).rejects.toMatchObject({
      name: "AlreadyExistsException",
    });
    const other = await room.make();
    await kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: other }));
    expect((await kms.send(new ListAliasesCommand({ KeyId: other }))).Aliases).toMatchObject([{ AliasName }]);
    await kms.send(new DeleteAliasCommand({ AliasName }));
    await expect(kms.send(new DescribeKeyCommand({ KeyId: AliasName }))).rejects.toMatchObject({
      name: "NotFoundException",
      message: "Alias arn:aws:kms:us-east-1:123456789012:alias/app is not found.",
    });
  });
});

describe("cryptography", () => {
  test("what is encrypted is read again, with its context only", async () => {
    await using room = await setUp();
    const { kms, KeyId } = room;
    const EncryptionContext = { app: "web", stage: "prod" };
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext }));
    expect(Buffer.from(CiphertextBlob ?? []).includes("hunter2")).toBe(false);
    const reordered = { stage: "prod", app: "web" };
    const read = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: reordered }));
    expect(Buffer.from(read.Plaintext ?? [])).toEqual(Plaintext);
    for (const wrong of [{ CiphertextBlob }, { CiphertextBlob: Buffer.from("nonsense") }]) {
      await expect(kms.send(new DecryptCommand(wrong))).rejects.toMatchObject({ name: "InvalidCiphertextException" });
    }
    const other = await room.make();
    await expect(kms.send(new DecryptCommand({ CiphertextBlob, KeyId: other }))).rejects.toMatchObject({
      name: "IncorrectKeyException",
    });
    const again = await kms.send(
      new ReEncryptCommand({ CiphertextBlob, SourceEncryptionContext: EncryptionContext, DestinationKeyId: other }),
    );
    const last = await kms.send(new DecryptCommand({ CiphertextBlob: again.CiphertextBlob }));
    expect(Buffer.from(last.Plaintext ?? [])).toEqual(Plaintext);
  });

  test("data keys and random bytes", async () => {
    await using room = await setUp();
    const { kms, KeyId } = room;
    const made = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256" }));
    const read = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
    expect(read.Plaintext).toEqual(made.Plaintext);
    expect(made.Plaintext).toHaveLength(32);
    const sealed = await kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId, NumberOfBytes: 8 }));
    expect(sealed).not.toHaveProperty("Plaintext");
    await expect(kms.send(new GenerateDataKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: "ValidationException",
    });
    expect((await kms.send(new GenerateRandomCommand({ NumberOfBytes: 5 }))).Plaintext).toHaveLength(5);
  });
});
