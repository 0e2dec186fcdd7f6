import { createPublicKey, publicEncrypt, randomBytes } from "node:crypto";
import {
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DescribeKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetKeyRotationStatusCommand,
  GetParametersForImportCommand,
  ImportKeyMaterialCommand,
  type ImportKeyMaterialCommandInput,
  type KMSClient,
  ListKeyRotationsCommand,
  RotateKeyOnDemandCommand,
} from "@aws-sdk/client-kms";
import { describe, expect, test } from "vitest";
import { kmsRoom } from "../kmsFixture.ts";

const Plaintext = Buffer.from("hunter2");
const DAY_MS = 86_400_000;

const materialId = async (kms: KMSClient, KeyId: string) =>
  (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.CurrentKeyMaterialId;

const importInto = async (
  kms: KMSClient,
  KeyId: string,
  secret: Uint8Array,
  more: Partial<ImportKeyMaterialCommandInput> = {},
) => {
  const WrappingAlgorithm = "RSAES_OAEP_SHA_256" as const;
  const parameters = await kms.send(
    new GetParametersForImportCommand({ KeyId, WrappingAlgorithm, WrappingKeySpec: "RSA_2048" }),
  );
  const key = createPublicKey({ key: Buffer.from(parameters.PublicKey ?? ""), format: "der", type: "spki" });
  return kms.send(
    new ImportKeyMaterialCommand({
      KeyId,
      ImportToken: parameters.ImportToken,
      EncryptedKeyMaterial: publicEncrypt({ key, oaepHash: "sha256" }, secret),
      ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
      ...more,
    }),
  );
};

describe("rotation", () => {
  test("on demand and by its schedule leaves old ciphertexts readable", async () => {
    await using room = await kmsRoom();
    const { kms, cloud } = room;
    const KeyId = await room.make();
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext }));
    const first = await materialId(kms, KeyId);
    await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
    expect(await materialId(kms, KeyId)).not.toBe(first);
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    await cloud.clock.advance(200 * DAY_MS);
    const { Rotations } = await kms.send(
      new ListKeyRotationsCommand({ KeyId, IncludeKeyMaterial: "ALL_KEY_MATERIAL" }),
    );
    expect(Rotations?.map((each) => [each.RotationType, each.KeyMaterialState])).toEqual([
      [undefined, "NON_CURRENT"],
      ["ON_DEMAND", "NON_CURRENT"],
      ["AUTOMATIC", "CURRENT"],
    ]);
    const status = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    expect(status.NextRotationDate?.getTime()).toBe(cloud.clock.now() + 70 * DAY_MS);
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob }));
    expect(opened).toMatchObject({ KeyMaterialId: first });
    expect(Buffer.from(opened.Plaintext ?? "")).toEqual(Plaintext);
  });

  test("is refused for key pairs and beyond the limit", async () => {
    await using room = await kmsRoom();
    const KeyId = await room.make();
    for (let turn = 0; turn < 25; turn++) await room.kms.send(new RotateKeyOnDemandCommand({ KeyId }));
    await expect(room.kms.send(new RotateKeyOnDemandCommand({ KeyId }))).rejects.toMatchObject({
      name: "LimitExceededException",
    });
    const pair = await room.make({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
    await expect(room.kms.send(new RotateKeyOnDemandCommand({ KeyId: pair }))).rejects.toMatchObject({
      name: "UnsupportedOperationException",
    });
  });
});

describe("imported material", () => {
  test("makes a key usable until it is deleted or runs out, and no other is taken in its place", async () => {
    await using room = await kmsRoom();
    const { kms, cloud } = room;
    const KeyId = await room.make({ Origin: "EXTERNAL" });
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext }))).rejects.toThrow("is pending import.");
    const secret = randomBytes(32);
    const { KeyMaterialId } = await importInto(kms, KeyId, secret);
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext }));
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId }));
    await expect(kms.send(new DecryptCommand({ CiphertextBlob }))).rejects.toThrow("is pending import.");
    await expect(importInto(kms, KeyId, randomBytes(32))).rejects.toMatchObject({
      name: "IncorrectKeyMaterialException",
    });
    const ValidTo = new Date(cloud.clock.now() + DAY_MS);
    const again = await importInto(kms, KeyId, secret, { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo });
    expect(again.KeyMaterialId).toBe(KeyMaterialId);
    expect(Buffer.from((await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext ?? "")).toEqual(Plaintext);
    await cloud.clock.advance(2 * DAY_MS);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({ KeyState: "PendingImport", Enabled: false });
  });

  test("new material waits for a rotation", async () => {
    await using room = await kmsRoom();
    const { kms } = room;
    const KeyId = await room.make({ Origin: "EXTERNAL" });
    const first = await importInto(kms, KeyId, randomBytes(32));
    await expect(kms.send(new RotateKeyOnDemandCommand({ KeyId }))).rejects.toThrow(
      "No available key material pending",
    );
    const second = await importInto(kms, KeyId, randomBytes(32), { ImportType: "NEW_KEY_MATERIAL" });
    expect(await materialId(kms, KeyId)).toBe(first.KeyMaterialId);
    await expect(importInto(kms, KeyId, randomBytes(32), { ImportType: "NEW_KEY_MATERIAL" })).rejects.toThrow(
      `because another key material (id: ${second.KeyMaterialId}) is pending rotation.`,
    );
    await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
    expect(await materialId(kms, KeyId)).toBe(second.KeyMaterialId);
  });

  test("is refused for keys of AWS's making, with a false token, and of a false length", async () => {
    await using room = await kmsRoom();
    const { kms } = room;
    await expect(importInto(kms, await room.make(), randomBytes(32))).rejects.toThrow("origin is AWS_KMS");
    const KeyId = await room.make({ Origin: "EXTERNAL" });
    await expect(importInto(kms, KeyId, randomBytes(16))).rejects.toMatchObject({
      name: "IncorrectKeyMaterialException",
    });
    await expect(importInto(kms, KeyId, randomBytes(32), { ImportToken: randomBytes(9) })).rejects.toMatchObject({
      name: "InvalidImportTokenException",
    });
    await expect(importInto(kms, KeyId, randomBytes(32), { ExpirationModel: "KEY_MATERIAL_EXPIRES" })).rejects.toThrow(
      "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES",
    );
  });
});
