import { createPublicKey, diffieHellman, type KeyObject } from "node:crypto";
import { stopDryRun } from "../dryRun.ts";
import { unsupported, validation } from "../errors.ts";
import { findKeyFor, findUsableKey } from "../find.ts";
import { privateKeyOf } from "../material/keyObjects.ts";
import type { Operation, Room } from "../room.ts";
import { algorithmsView } from "../specs.ts";
import { specView } from "../views.ts";
import { refuseEnclaves } from "./cryptography.ts";

export const getPublicKey =
  (room: Room): Operation<"GetPublicKey"> =>
  async (_ctx, input) => {
    const key = findUsableKey(room, input.KeyId);
    const { publicKey } = key.material;
    if (publicKey === undefined) throw unsupported();
    return {
      KeyId: key.arn,
      PublicKey: Buffer.from(publicKey, "base64"),
      ...specView(key.spec),
      KeyUsage: key.usage,
      ...algorithmsView(key),
    };
  };

export const deriveSharedSecret =
  (room: Room): Operation<"DeriveSharedSecret"> =>
  async (_ctx, input) => {
    refuseEnclaves(input, "DeriveSharedSecret");
    const key = findKeyFor(room, input.KeyId, "DeriveSharedSecret", "KEY_AGREEMENT");
    const SharedSecret = agreed(privateKeyOf(room, key.material), input.PublicKey);
    stopDryRun(input);
    return { KeyId: key.arn, SharedSecret, KeyAgreementAlgorithm: input.KeyAgreementAlgorithm, KeyOrigin: key.origin };
  };

/** AWS: says nothing of what is wrong with the other's key. */
const agreed = (privateKey: KeyObject, other: Uint8Array): Buffer => {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(other), format: "der", type: "spki" });
    return diffieHellman({ privateKey, publicKey });
  } catch {
    throw validation("");
  }
};
