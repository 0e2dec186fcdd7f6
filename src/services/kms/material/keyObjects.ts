import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { MaterialRecord } from "../records.ts";
import type { Room } from "../room.ts";

export const privateKeyOf = ({ cipher }: Pick<Room, "cipher">, { sealed }: MaterialRecord): KeyObject =>
  createPrivateKey({ key: cipher.open(sealed), format: "der", type: "pkcs8" });

export const publicKeyOf = ({ publicKey = "" }: MaterialRecord): KeyObject =>
  createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
