import type { DataKeyPairSpec } from "@aws-sdk/client-kms";
import { stopDryRun } from "../dryRun.ts";
import { encryptUnder } from "../envelope.ts";
import { unsupported, validation } from "../errors.ts";
import { findKeyFor, type UsableKey } from "../find.ts";
import { newKeyPair } from "../material/generate.ts";
import type { Operation, Room } from "../room.ts";
import { materialView } from "../views.ts";
import { refuseEnclaves } from "./cryptography.ts";

interface Wrapping {
  readonly KeyId: string;
  readonly EncryptionContext?: Readonly<Record<string, string>> | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Recipient?: unknown;
}

interface DataKeyRequest extends Wrapping {
  readonly KeySpec?: "AES_128" | "AES_256" | undefined;
  readonly NumberOfBytes?: number | undefined;
}

/** AWS: data keys are wrapped by symmetric keys alone. */
const wrappingKey = (room: Room, input: Wrapping, operation: string): UsableKey => {
  refuseEnclaves(input, operation);
  const key = findKeyFor(room, input.KeyId, operation, "ENCRYPT_DECRYPT");
  if (key.spec !== "SYMMETRIC_DEFAULT") throw unsupported();
  return key;
};

const dataKey = (room: Room, input: DataKeyRequest, operation: string) => {
  const { KeySpec, NumberOfBytes, EncryptionContext } = input;
  const key = wrappingKey(room, input, operation);
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw validation("Please specify either number of bytes or key spec.");
  }
  stopDryRun(input);
  const Plaintext = room.ids.bytes(NumberOfBytes ?? (KeySpec === "AES_128" ? 16 : 32));
  const CiphertextBlob = encryptUnder(room, key.id, key.material, Plaintext, EncryptionContext);
  return { Plaintext, CiphertextBlob, KeyId: key.arn, ...materialView(key, "KeyMaterialId") };
};

export const generateDataKey =
  (room: Room): Operation<"GenerateDataKey"> =>
  async (_ctx, input) =>
    dataKey(room, input, "GenerateDataKey");

export const generateDataKeyWithoutPlaintext =
  (room: Room): Operation<"GenerateDataKeyWithoutPlaintext"> =>
  async (_ctx, input) => {
    const { Plaintext: _plain, ...rest } = dataKey(room, input, "GenerateDataKeyWithoutPlaintext");
    return rest;
  };

const dataKeyPair = async (
  room: Room,
  input: Wrapping & { readonly KeyPairSpec: DataKeyPairSpec },
  operation: string,
) => {
  const key = wrappingKey(room, input, operation);
  stopDryRun(input);
  const { privateKey, publicKey } = await newKeyPair(input.KeyPairSpec);
  return {
    PrivateKeyPlaintext: privateKey,
    PrivateKeyCiphertextBlob: encryptUnder(room, key.id, key.material, privateKey, input.EncryptionContext),
    PublicKey: publicKey,
    KeyId: key.arn,
    KeyPairSpec: input.KeyPairSpec,
    ...materialView(key, "KeyMaterialId"),
  };
};

export const generateDataKeyPair =
  (room: Room): Operation<"GenerateDataKeyPair"> =>
  async (_ctx, input) =>
    dataKeyPair(room, input, "GenerateDataKeyPair");

export const generateDataKeyPairWithoutPlaintext =
  (room: Room): Operation<"GenerateDataKeyPairWithoutPlaintext"> =>
  async (_ctx, input) => {
    const { PrivateKeyPlaintext: _plain, ...rest } = await dataKeyPair(
      room,
      input,
      "GenerateDataKeyPairWithoutPlaintext",
    );
    return rest;
  };
