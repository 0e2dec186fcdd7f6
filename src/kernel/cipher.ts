import { createCipheriv, createDecipheriv } from "node:crypto";
import type { Ids } from "./ids.ts";
import type { Cipher } from "./service.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Bytes a cipher's key must have. */
export const CIPHER_KEY_BYTES = 32;

/** AES-256-GCM; what it seals is base64 of nonce, tag and ciphertext. Opening what was tampered with throws. */
export const createCipher = (key: Uint8Array, ids: Ids): Cipher => ({
  seal: (plain) => {
    const nonce = ids.bytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", key, nonce);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
  },
  open: (text) => {
    const bytes = Buffer.from(text, "base64");
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  },
});
