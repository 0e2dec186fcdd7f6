import { decryptUnder, encryptUnder, keyIdIn } from "../envelope.ts";
import { incorrectKey, invalidCiphertext, validation } from "../errors.ts";
import { findKey, findUsableKey } from "../find.ts";
import type { KeyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

const ALGORITHM = "SYMMETRIC_DEFAULT" as const;

export const encrypt =
  (room: Room): Operation<"Encrypt"> =>
  async (_ctx, input) => {
    const key = findUsableKey(room, input.KeyId);
    const CiphertextBlob = encryptUnder(room, key, input.Plaintext, input.EncryptionContext);
    return { CiphertextBlob, KeyId: key.arn, EncryptionAlgorithm: ALGORITHM };
  };

export const decrypt =
  (room: Room): Operation<"Decrypt"> =>
  async (_ctx, input) => {
    if (!input.CiphertextBlob) throw validation("The request must contain a CiphertextBlob.");
    const key = keyOf(room, input.CiphertextBlob, input.KeyId);
    const Plaintext = decryptUnder(room, key, input.CiphertextBlob, input.EncryptionContext);
    return { Plaintext, KeyId: key.arn, EncryptionAlgorithm: ALGORITHM };
  };

/** The key a blob names; the caller may insist on one. */
const keyOf = (room: Room, blob: Uint8Array, wanted: string | undefined): KeyRecord => {
  const id = keyIdIn(blob);
  if (wanted !== undefined && findKey(room, wanted).id !== id) throw incorrectKey();
  // AWS: a blob of a key that is not here is no ciphertext at all.
  if (!room.keys.has(id)) throw invalidCiphertext();
  return findUsableKey(room, id);
};

export const reEncrypt =
  (room: Room): Operation<"ReEncrypt"> =>
  async (_ctx, input) => {
    if (!input.CiphertextBlob) throw validation("The request must contain a CiphertextBlob.");
    const source = keyOf(room, input.CiphertextBlob, input.SourceKeyId);
    const target = findUsableKey(room, input.DestinationKeyId);
    const plain = decryptUnder(room, source, input.CiphertextBlob, input.SourceEncryptionContext);
    return {
      CiphertextBlob: encryptUnder(room, target, plain, input.DestinationEncryptionContext),
      SourceKeyId: source.arn,
      KeyId: target.arn,
      SourceEncryptionAlgorithm: ALGORITHM,
      DestinationEncryptionAlgorithm: ALGORITHM,
    };
  };

interface DataKeyRequest {
  readonly KeyId: string;
  readonly KeySpec?: "AES_128" | "AES_256" | undefined;
  readonly NumberOfBytes?: number | undefined;
  readonly EncryptionContext?: Readonly<Record<string, string>> | undefined;
}

const dataKey = (room: Room, { KeyId, KeySpec, NumberOfBytes, EncryptionContext }: DataKeyRequest) => {
  const key = findUsableKey(room, KeyId);
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw validation("Please specify either number of bytes or key spec.");
  }
  const Plaintext = room.ids.bytes(NumberOfBytes ?? (KeySpec === "AES_128" ? 16 : 32));
  return { Plaintext, CiphertextBlob: encryptUnder(room, key, Plaintext, EncryptionContext), KeyId: key.arn };
};

export const generateDataKey =
  (room: Room): Operation<"GenerateDataKey"> =>
  async (_ctx, input) =>
    dataKey(room, input);

export const generateDataKeyWithoutPlaintext =
  (room: Room): Operation<"GenerateDataKeyWithoutPlaintext"> =>
  async (_ctx, input) => {
    const { Plaintext: _plain, ...rest } = dataKey(room, input);
    return rest;
  };

export const generateRandom =
  ({ ids }: Room): Operation<"GenerateRandom"> =>
  async (_ctx, input) => {
    if (input.NumberOfBytes === undefined) throw validation("NumberOfBytes is required.");
    return { Plaintext: ids.bytes(input.NumberOfBytes) };
  };
