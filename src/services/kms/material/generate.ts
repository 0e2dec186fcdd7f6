import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { DataKeyPairSpec, KeySpec } from "@aws-sdk/client-kms";
import { NotImplemented } from "../../../kernel/errors.ts";
import { incorrectKeyMaterial } from "../errors.ts";
import type { MaterialRecord } from "../records.ts";
import type { Room } from "../room.ts";

const generate = promisify(generateKeyPair);

/** Hexadecimal digits of a material's id. */
const ID_DIGITS = 64;

const SECRET_BYTES: Readonly<Record<string, number>> = {
  SYMMETRIC_DEFAULT: 32,
  HMAC_224: 28,
  HMAC_256: 32,
  HMAC_384: 48,
  HMAC_512: 64,
};

const CURVES: Readonly<Record<string, string>> = {
  ECC_NIST_P256: "prime256v1",
  ECC_NIST_P384: "secp384r1",
  ECC_NIST_P521: "secp521r1",
  ECC_SECG_P256K1: "secp256k1",
};

type Means = Pick<Room, "cipher" | "ids">;

/** New material for a key of a spec. */
export const newMaterial = async (means: Means, spec: KeySpec): Promise<MaterialRecord> => {
  const bytes = SECRET_BYTES[spec];
  if (bytes !== undefined) return sealedMaterial(means, means.ids.bytes(bytes));
  const { privateKey, publicKey } = await newKeyPair(spec);
  return { ...sealedMaterial(means, privateKey), publicKey: publicKey.toString("base64") };
};

export const sealedMaterial = ({ cipher, ids }: Means, secret: Uint8Array): MaterialRecord => ({
  id: ids.hex(ID_DIGITS),
  sealed: cipher.seal(secret),
});

/** A key pair: PKCS #8 and SubjectPublicKeyInfo, both in DER. */
export const newKeyPair = async (
  spec: KeySpec | DataKeyPairSpec,
): Promise<Record<"privateKey" | "publicKey", Buffer>> => {
  const { privateKey, publicKey } = await pairOf(spec);
  return {
    privateKey: privateKey.export({ format: "der", type: "pkcs8" }),
    publicKey: publicKey.export({ format: "der", type: "spki" }),
  };
};

const pairOf = (spec: KeySpec | DataKeyPairSpec): Promise<Record<"privateKey" | "publicKey", KeyObject>> => {
  const bits = /^RSA_(\d+)$/.exec(spec)?.[1];
  if (bits !== undefined) return generate("rsa", { modulusLength: Number(bits) });
  if (spec === "ECC_NIST_EDWARDS25519") return generate("ed25519");
  const namedCurve = CURVES[spec];
  if (namedCurve === undefined) throw new NotImplemented(`kms key pairs of the spec ${spec}`);
  return generate("ec", { namedCurve });
};

/** Imported material of a spec. Throws IncorrectKeyMaterialException when it is another kind of key. */
export const materialFrom = (means: Means, spec: KeySpec, secret: Buffer): MaterialRecord => {
  const bytes = SECRET_BYTES[spec];
  if (bytes !== undefined) {
    if (secret.byteLength !== bytes) throw incorrectKeyMaterial();
    return sealedMaterial(means, secret);
  }
  const publicKey = createPublicKey(privateKeyOf(secret, spec));
  const der = publicKey.export({ format: "der", type: "spki" });
  return { ...sealedMaterial(means, secret), publicKey: der.toString("base64") };
};

const privateKeyOf = (secret: Buffer, spec: KeySpec): KeyObject => {
  try {
    const key = createPrivateKey({ key: secret, format: "der", type: "pkcs8" });
    if (fits(key, spec)) return key;
  } catch {
    // No private key at all: refused below.
  }
  throw incorrectKeyMaterial();
};

const fits = ({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject, spec: KeySpec): boolean => {
  if (asymmetricKeyType === "rsa") return spec === `RSA_${asymmetricKeyDetails.modulusLength}`;
  if (asymmetricKeyType === "ed25519") return spec === "ECC_NIST_EDWARDS25519";
  return asymmetricKeyType === "ec" && CURVES[spec] === asymmetricKeyDetails.namedCurve;
};
