import type { EncryptionAlgorithmSpec } from "@aws-sdk/client-kms";
import { decryptUnder, type EncryptionContext, encryptUnder, keyIdIn } from "./envelope.ts";
import { incompatibleAlgorithm, incorrectKey, invalidCiphertext, validation } from "./errors.ts";
import { findKey, findKeyFor, keyAt, type UsableKey } from "./find.ts";
import { decryptByRsa, encryptByRsa } from "./material/rsaEncryption.ts";
import type { Room } from "./room.ts";
import { factsOf } from "./specs.ts";

/** Under which key, by which algorithm and bound to what something is encrypted or decrypted. */
export interface Terms {
  readonly operation: string;
  readonly keyId?: string | undefined;
  readonly algorithm?: EncryptionAlgorithmSpec | undefined;
  readonly context?: EncryptionContext;
}

export const encrypted = (room: Room, key: UsableKey, plain: Uint8Array, { algorithm, context }: Terms): Buffer => {
  const chosen = checkedAlgorithm(key, algorithm);
  if (chosen === SYMMETRIC) return encryptUnder(room, key.id, key.material, plain, context);
  if (context !== undefined) throw contextOfPair(key.arn);
  return encryptByRsa(key.spec, key.material, chosen, plain);
};

/** What a blob holds, with the key that opened it. AWS: only a pair's blob does not name its key, so the caller must. */
export const decrypted = (room: Room, blob: Uint8Array | undefined, terms: Terms) => {
  if (!blob) throw validation("The request must contain a CiphertextBlob.");
  const { algorithm = SYMMETRIC, context, operation } = terms;
  if (algorithm === SYMMETRIC) {
    const key = keyOfBlob(room, blob, terms);
    const { plain, materialId } = decryptUnder(room, key, blob, context);
    return { key, plain, algorithm, materialId };
  }
  if (terms.keyId === undefined) throw validation("KeyId is required for the algorithm of the request.");
  const key = findKeyFor(room, terms.keyId, operation, "ENCRYPT_DECRYPT");
  checkedAlgorithm(key, algorithm);
  return { key, plain: decryptByRsa(room, key.material, algorithm, blob), algorithm, materialId: undefined };
};

const SYMMETRIC = "SYMMETRIC_DEFAULT";

/** The key a blob names; the caller may insist on one. */
const keyOfBlob = (room: Room, blob: Uint8Array, { keyId, operation }: Terms): UsableKey => {
  const wanted = keyId === undefined ? undefined : findKey(room, keyId);
  if (wanted && wanted.spec !== SYMMETRIC) throw incorrectKey();
  const id = keyIdIn(blob);
  if (wanted && wanted.id !== id) throw incorrectKey();
  // AWS: a blob of a key that is not here is no ciphertext at all.
  if (!keyAt(room, id)) throw invalidCiphertext();
  return findKeyFor(room, id, operation, "ENCRYPT_DECRYPT");
};

const checkedAlgorithm = (
  { spec }: UsableKey,
  algorithm: EncryptionAlgorithmSpec = SYMMETRIC,
): EncryptionAlgorithmSpec => {
  if (!factsOf(spec).encryption?.includes(algorithm)) throw incompatibleAlgorithm(algorithm, spec);
  return algorithm;
};

const contextOfPair = (arn: string) =>
  validation(`An encryption context cannot be used with the asymmetric key ${arn}.`);
