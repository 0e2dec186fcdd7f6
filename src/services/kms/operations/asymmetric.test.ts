import { createHmac, createPublicKey, diffieHellman, generateKeyPairSync, publicEncrypt } from "node:crypto";
import {
  DecryptCommand,
  DeriveSharedSecretCommand,
  EncryptCommand,
  GenerateDataKeyPairCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  ReEncryptCommand,
  VerifyMacCommand,
} from "@aws-sdk/client-kms";
import { describe, expect, test } from "vitest";
import { kmsRoom } from "../kmsFixture.ts";

const Plaintext = Buffer.from("hunter2");

describe("RSA keys", () => {
  test("open what their public half closed, and re-encrypt it", async () => {
    await using room = await kmsRoom();
    const KeyId = await room.make({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
    const { PublicKey = Buffer.alloc(0), EncryptionAlgorithms } = await room.kms.send(
      new GetPublicKeyCommand({ KeyId }),
    );
    expect(EncryptionAlgorithms).toEqual(["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"]);
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: "der", type: "spki" });
    const CiphertextBlob = publicEncrypt({ key, oaepHash: "sha256" }, Plaintext);
    const EncryptionAlgorithm = "RSAES_OAEP_SHA_256" as const;
    const opened = await room.kms.send(new DecryptCommand({ KeyId, CiphertextBlob, EncryptionAlgorithm }));
    expect(Buffer.from(opened.Plaintext ?? "")).toEqual(Plaintext);
    const { CiphertextBlob: again } = await room.kms.send(
      new ReEncryptCommand({
        CiphertextBlob,
        SourceKeyId: KeyId,
        SourceEncryptionAlgorithm: EncryptionAlgorithm,
        DestinationKeyId: await room.make(),
      }),
    );
    const symmetric = await room.kms.send(new DecryptCommand({ CiphertextBlob: again }));
    expect(Buffer.from(symmetric.Plaintext ?? "")).toEqual(Plaintext);
  });

  test("encrypt no more than their modulus holds, and only by their algorithms", async () => {
    await using room = await kmsRoom();
    const KeyId = await room.make({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
    const long = { KeyId, Plaintext: Buffer.alloc(191), EncryptionAlgorithm: "RSAES_OAEP_SHA_256" } as const;
    await expect(room.kms.send(new EncryptCommand(long))).rejects.toThrow(
      "Algorithm RSAES_OAEP_SHA_256 and key spec RSA_2048 cannot encrypt data larger than 190 bytes.",
    );
    await expect(room.kms.send(new EncryptCommand({ KeyId, Plaintext }))).rejects.toMatchObject({
      name: "InvalidKeyUsageException",
    });
    const signs = await room.make({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
    await expect(room.kms.send(new EncryptCommand({ KeyId: signs, Plaintext }))).rejects.toThrow(
      "key usage is SIGN_VERIFY which is not valid for Encrypt.",
    );
    await expect(room.kms.send(new GetPublicKeyCommand({ KeyId: await room.make() }))).rejects.toMatchObject({
      name: "UnsupportedOperationException",
    });
  });
});

describe("HMAC keys", () => {
  test("make codes and know them again", async () => {
    await using room = await kmsRoom();
    const KeyId = await room.make({ KeySpec: "HMAC_384", KeyUsage: "GENERATE_VERIFY_MAC" });
    const by = { KeyId, Message: Plaintext, MacAlgorithm: "HMAC_SHA_384" } as const;
    const { Mac } = await room.kms.send(new GenerateMacCommand(by));
    expect(await room.kms.send(new VerifyMacCommand({ ...by, Mac }))).toMatchObject({ MacValid: true });
    const forged = createHmac("sha384", "another key").update(Plaintext).digest();
    await expect(room.kms.send(new VerifyMacCommand({ ...by, Mac: forged }))).rejects.toMatchObject({
      name: "KMSInvalidMacException",
    });
    await expect(room.kms.send(new GenerateMacCommand({ ...by, MacAlgorithm: "HMAC_SHA_256" }))).rejects.toThrow(
      "Algorithm HMAC_SHA_256 is incompatible with key spec HMAC_384.",
    );
  });
});

describe("agreement", () => {
  test("gives both sides the same secret", async () => {
    await using room = await kmsRoom();
    const KeyId = await room.make({ KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" });
    const { PublicKey: ours = Buffer.alloc(0) } = await room.kms.send(new GetPublicKeyCommand({ KeyId }));
    const theirs = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    const PublicKey = theirs.publicKey.export({ format: "der", type: "spki" });
    const terms = { KeyId, KeyAgreementAlgorithm: "ECDH" } as const;
    const { SharedSecret } = await room.kms.send(new DeriveSharedSecretCommand({ ...terms, PublicKey }));
    const publicKey = createPublicKey({ key: Buffer.from(ours), format: "der", type: "spki" });
    expect(Buffer.from(SharedSecret ?? "")).toEqual(diffieHellman({ privateKey: theirs.privateKey, publicKey }));
    await expect(
      room.kms.send(new DeriveSharedSecretCommand({ ...terms, PublicKey: Buffer.from("none") })),
    ).rejects.toMatchObject({ name: "ValidationException" });
  });
});

describe("GenerateDataKeyPair", () => {
  test("wraps the private half under the key", async () => {
    await using room = await kmsRoom();
    const KeyId = await room.make();
    const pair = await room.kms.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: "ECC_NIST_P256" }));
    const opened = await room.kms.send(new DecryptCommand({ CiphertextBlob: pair.PrivateKeyCiphertextBlob }));
    expect(opened.Plaintext).toEqual(pair.PrivateKeyPlaintext);
    await expect(
      room.kms.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: "RSA_2048", DryRun: true })),
    ).rejects.toMatchObject({ name: "DryRunOperationException" });
  });
});
