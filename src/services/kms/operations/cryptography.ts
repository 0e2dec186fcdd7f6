import { NotImplemented } from "../../../kernel/errors.ts";
import { stopDryRun } from "../dryRun.ts";
import { decrypted, encrypted } from "../encryption.ts";
import { validation } from "../errors.ts";
import { findKeyFor } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { materialView } from "../views.ts";

export const encrypt =
  (room: Room): Operation<"Encrypt"> =>
  async (_ctx, input) => {
    const key = findKeyFor(room, input.KeyId, "Encrypt", "ENCRYPT_DECRYPT");
    const algorithm = input.EncryptionAlgorithm ?? "SYMMETRIC_DEFAULT";
    const terms = { operation: "Encrypt", algorithm, context: input.EncryptionContext };
    const CiphertextBlob = encrypted(room, key, input.Plaintext, terms);
    stopDryRun(input);
    return { CiphertextBlob, KeyId: key.arn, EncryptionAlgorithm: algorithm };
  };

export const decrypt =
  (room: Room): Operation<"Decrypt"> =>
  async (_ctx, input) => {
    refuseEnclaves(input, "Decrypt");
    const { key, plain, algorithm, materialId } = decrypted(room, input.CiphertextBlob, {
      operation: "Decrypt",
      keyId: input.KeyId,
      algorithm: input.EncryptionAlgorithm,
      context: input.EncryptionContext,
    });
    stopDryRun(input);
    return { Plaintext: plain, KeyId: key.arn, EncryptionAlgorithm: algorithm, ...named("KeyMaterialId", materialId) };
  };

export const reEncrypt =
  (room: Room): Operation<"ReEncrypt"> =>
  async (_ctx, input) => {
    const source = decrypted(room, input.CiphertextBlob, {
      operation: "ReEncryptFrom",
      keyId: input.SourceKeyId,
      algorithm: input.SourceEncryptionAlgorithm,
      context: input.SourceEncryptionContext,
    });
    const target = findKeyFor(room, input.DestinationKeyId, "ReEncryptTo", "ENCRYPT_DECRYPT");
    const algorithm = input.DestinationEncryptionAlgorithm ?? "SYMMETRIC_DEFAULT";
    const context = input.DestinationEncryptionContext;
    const CiphertextBlob = encrypted(room, target, source.plain, { operation: "ReEncryptTo", algorithm, context });
    stopDryRun(input);
    return {
      CiphertextBlob,
      SourceKeyId: source.key.arn,
      KeyId: target.arn,
      SourceEncryptionAlgorithm: source.algorithm,
      DestinationEncryptionAlgorithm: algorithm,
      ...named("SourceKeyMaterialId", source.materialId),
      ...materialView(target, "DestinationKeyMaterialId"),
    };
  };

const named = <N extends string>(name: N, value: string | undefined): { [K in N]?: string } => {
  const members: { [K in N]?: string } = {};
  if (value !== undefined) members[name] = value;
  return members;
};

/** What only enclaves attest is not built; pretending would hand out what they keep. */
export const refuseEnclaves = ({ Recipient }: { readonly Recipient?: unknown }, operation: string): void => {
  if (Recipient !== undefined) throw new NotImplemented(`kms:${operation} Recipient`);
};

export const generateRandom =
  ({ ids }: Room): Operation<"GenerateRandom"> =>
  async (_ctx, input) => {
    refuseEnclaves(input, "GenerateRandom");
    if (input.NumberOfBytes === undefined) throw validation("NumberOfBytes is required.");
    return { Plaintext: ids.bytes(input.NumberOfBytes) };
  };
