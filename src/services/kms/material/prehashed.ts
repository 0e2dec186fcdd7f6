import type { KeyObject } from "node:crypto";
import type { KeySpec } from "@aws-sdk/client-kms";
import { known, NotImplemented } from "../../../kernel/errors.ts";

// ECDSA of a digest that is at hand already; Node signs messages only, so a library does it, loaded at its first use.

export const signDigest = async (spec: KeySpec, key: KeyObject, digest: Uint8Array): Promise<Uint8Array> => {
  const scalar = known(key.export({ format: "jwk" }).d, "a private scalar");
  return (await curveOf(spec)).sign(digest, Buffer.from(scalar, "base64url"), OPTIONS);
};

export const verifiesDigest = async (
  spec: KeySpec,
  key: KeyObject,
  digest: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> => {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.from([UNCOMPRESSED]), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  const curve = await curveOf(spec);
  try {
    return curve.verify(signature, digest, point, OPTIONS);
  } catch {
    // Not the form of a signature at all.
    return false;
  }
};

const UNCOMPRESSED = 4;

/** AWS: signatures are in DER, and either of the two that fit a message will do. */
const OPTIONS = { prehash: false, format: "der", lowS: false } as const;

const curveOf = async (spec: KeySpec) => {
  if (spec === "ECC_SECG_P256K1") return (await import("@noble/curves/secp256k1.js")).secp256k1;
  const { p256, p384, p521 } = await import("@noble/curves/nist.js");
  if (spec === "ECC_NIST_P256") return p256;
  if (spec === "ECC_NIST_P384") return p384;
  if (spec === "ECC_NIST_P521") return p521;
  throw new NotImplemented(`kms signatures of digests by ${spec}`);
};
