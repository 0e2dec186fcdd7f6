import { createCipheriv, createDecipheriv } from "node:crypto";
import { invalidCiphertext } from "./errors.ts";
import type { KeyRecord, MaterialRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** What a ciphertext is bound to, and can be read with only. */
export type EncryptionContext = Readonly<Record<string, string>> | undefined;

const MARK = 0xa1;
const ID_BYTES = 36;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + ID_BYTES;

type Means = Pick<Room, "cipher" | "ids">;

/** Encrypts under a key's material; the blob names the key, as AWS's blobs do. */
export const encryptUnder = (
  { cipher, ids }: Means,
  keyId: string,
  material: MaterialRecord,
  plain: Uint8Array,
  context: EncryptionContext,
): Buffer => {
  const nonce = ids.bytes(NONCE_BYTES);
  const aes = createCipheriv("aes-256-gcm", cipher.open(material.sealed), nonce).setAAD(authenticated(context));
  const sealed = Buffer.concat([aes.update(plain), aes.final()]);
  return Buffer.concat([Buffer.from([MARK]), Buffer.from(keyId), nonce, aes.getAuthTag(), sealed]);
};

/** The id of the key a blob was made with. Throws InvalidCiphertextException. */
export const keyIdIn = (blob: Uint8Array): string => {
  if (blob[0] !== MARK || blob.byteLength < HEADER_BYTES + NONCE_BYTES + TAG_BYTES) throw invalidCiphertext();
  return Buffer.from(blob.subarray(1, HEADER_BYTES)).toString("latin1");
};

/**
 * Decrypts a blob with the material it was made with, the key's own or one before a rotation. Throws
 * InvalidCiphertextException when it, or its context, is not what was encrypted.
 */
export const decryptUnder = (
  means: Means,
  { material, formerMaterials }: KeyRecord,
  blob: Uint8Array,
  context: EncryptionContext,
): { readonly plain: Buffer; readonly materialId: string } => {
  for (const each of material ? [material, ...formerMaterials] : []) {
    const plain = opened(means, each, blob, context);
    if (plain) return { plain, materialId: each.id };
  }
  throw invalidCiphertext();
};

const opened = ({ cipher }: Means, material: MaterialRecord, blob: Uint8Array, context: EncryptionContext) => {
  const body = Buffer.from(blob).subarray(HEADER_BYTES);
  const nonce = body.subarray(0, NONCE_BYTES);
  const aes = createDecipheriv("aes-256-gcm", cipher.open(material.sealed), nonce);
  aes.setAAD(authenticated(context)).setAuthTag(body.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([aes.update(body.subarray(NONCE_BYTES + TAG_BYTES)), aes.final()]);
  } catch {
    // The tag does not fit: another material's, or nobody's.
    return undefined;
  }
};

/** The order in which a context is written does not matter. */
const authenticated = (context: EncryptionContext = {}): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
