import { constants, createHash, createPublicKey, verify } from "node:crypto";
import {
  GetPublicKeyCommand,
  type KeySpec,
  SignCommand,
  type SigningAlgorithmSpec,
  VerifyCommand,
} from "@aws-sdk/client-kms";
import { describe, expect, test } from "vitest";
import { kmsRoom } from "../kmsFixture.ts";

const Message = Buffer.from("what is signed");

const CASES: readonly (readonly [KeySpec, SigningAlgorithmSpec])[] = [
  ["RSA_2048", "RSASSA_PSS_SHA_256"],
  ["RSA_2048", "RSASSA_PSS_SHA_512"],
  ["RSA_3072", "RSASSA_PKCS1_V1_5_SHA_384"],
  ["ECC_NIST_P256", "ECDSA_SHA_256"],
  ["ECC_NIST_P384", "ECDSA_SHA_384"],
  ["ECC_NIST_P521", "ECDSA_SHA_512"],
  ["ECC_SECG_P256K1", "ECDSA_SHA_256"],
];

describe("Sign and Verify", () => {
  test.each(CASES)(
    "%s signs by %s what others verify, messages and digests alike",
    async (KeySpec, SigningAlgorithm) => {
      await using room = await kmsRoom();
      const KeyId = await room.make({ KeySpec, KeyUsage: "SIGN_VERIFY" });
      const { PublicKey = Buffer.alloc(0) } = await room.kms.send(new GetPublicKeyCommand({ KeyId }));
      const hash = `sha${SigningAlgorithm.slice(-3)}`;
      const digest = createHash(hash).update(Message).digest();
      const forms = [
        { Message, MessageType: "RAW" },
        { Message: digest, MessageType: "DIGEST" },
      ] as const;
      for (const form of forms) {
        const { Signature = Buffer.alloc(0) } = await room.kms.send(
          new SignCommand({ KeyId, SigningAlgorithm, ...form }),
        );
        const key = createPublicKey({ key: Buffer.from(PublicKey), format: "der", type: "spki" });
        const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
        const options = SigningAlgorithm.includes("PSS") ? pss : {};
        expect(verify(hash, Message, { key, ...options }, Signature)).toBe(true);
        for (const other of forms) {
          const answer = await room.kms.send(new VerifyCommand({ KeyId, SigningAlgorithm, Signature, ...other }));
          expect(answer.SignatureValid).toBe(true);
        }
        const forged = { KeyId, SigningAlgorithm, Signature, Message: Buffer.from("another") };
        await expect(room.kms.send(new VerifyCommand(forged))).rejects.toMatchObject({
          name: "KMSInvalidSignatureException",
        });
      }
    },
  );

  test("refuse digests of another length, other algorithms and other keys", async () => {
    await using room = await kmsRoom();
    const KeyId = await room.make({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
    const sign = (input: Partial<ConstructorParameters<typeof SignCommand>[0]>) =>
      room.kms.send(new SignCommand({ KeyId, Message, SigningAlgorithm: "ECDSA_SHA_256", ...input }));
    await expect(sign({ MessageType: "DIGEST" })).rejects.toThrow(
      "Digest is invalid length for algorithm ECDSA_SHA_256.",
    );
    await expect(sign({ SigningAlgorithm: "ECDSA_SHA_384" })).rejects.toThrow(
      "Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256.",
    );
    await expect(sign({ KeyId: await room.make() })).rejects.toMatchObject({
      name: "InvalidKeyUsageException",
      message: expect.stringContaining("key usage is ENCRYPT_DECRYPT which is not valid for Sign."),
    });
    await expect(sign({ DryRun: true })).rejects.toMatchObject({ name: "DryRunOperationException" });
  });

  test("Ed25519 signs messages", async () => {
    await using room = await kmsRoom();
    const KeyId = await room.make({ KeySpec: "ECC_NIST_EDWARDS25519", KeyUsage: "SIGN_VERIFY" });
    const by = { KeyId, Message, SigningAlgorithm: "ED25519_SHA_512" } as const;
    const { Signature } = await room.kms.send(new SignCommand(by));
    expect(await room.kms.send(new VerifyCommand({ ...by, Signature }))).toMatchObject({ SignatureValid: true });
  });
});
