import { constants, createHash, type KeyObject, privateEncrypt, publicDecrypt, sign, verify } from "node:crypto";
import type { KeySpec, SigningAlgorithmSpec } from "@aws-sdk/client-kms";
import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidDigestLength } from "../errors.ts";
import type { MaterialRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { privateKeyOf, publicKeyOf } from "./keyObjects.ts";
import { signDigest, verifiesDigest } from "./prehashed.ts";
import { encodePss, isPssOf } from "./pss.ts";

/** What is signed: a message, or its digest. */
export interface Signable {
  readonly algorithm: SigningAlgorithmSpec;
  readonly message: Uint8Array;
  readonly isDigest: boolean;
}

export const signWith = async (
  room: Pick<Room, "cipher" | "ids">,
  spec: KeySpec,
  material: MaterialRecord,
  { algorithm, message, isDigest }: Signable,
): Promise<Uint8Array> => {
  const key = privateKeyOf(room, material);
  if (algorithm.startsWith("ED25519")) return sign(null, pureMessage(algorithm, message, isDigest), key);
  const hash = hashOf(algorithm);
  const digest = digestOf(algorithm, hash, message, isDigest);
  if (algorithm.startsWith("ECDSA")) return isDigest ? signDigest(spec, key, digest) : sign(hash, message, key);
  if (algorithm.startsWith("RSASSA_PKCS1")) {
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digestInfo(hash, digest));
  }
  const { bytes, bits } = modulusOf(key);
  const encoded = encodePss(hash, digest, room.ids.bytes(digest.byteLength), bits - 1);
  const block = Buffer.concat([Buffer.alloc(bytes - encoded.byteLength), encoded]);
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);
};

export const isSignedBy = async (
  spec: KeySpec,
  material: MaterialRecord,
  { algorithm, message, isDigest }: Signable,
  signature: Uint8Array,
): Promise<boolean> => {
  const key = publicKeyOf(material);
  if (algorithm.startsWith("ED25519")) return verify(null, pureMessage(algorithm, message, isDigest), key, signature);
  const hash = hashOf(algorithm);
  const digest = digestOf(algorithm, hash, message, isDigest);
  if (algorithm.startsWith("ECDSA")) {
    return isDigest ? verifiesDigest(spec, key, digest, signature) : verify(hash, message, key, signature);
  }
  const isPss = algorithm.startsWith("RSASSA_PSS");
  const opened = openedSignature(key, signature, isPss ? constants.RSA_NO_PADDING : constants.RSA_PKCS1_PADDING);
  if (!opened) return false;
  return isPss ? isPssOf(hash, digest, opened, modulusOf(key).bits - 1) : opened.equals(digestInfo(hash, digest));
};

const openedSignature = (key: KeyObject, signature: Uint8Array, padding: number): Buffer | undefined => {
  try {
    return publicDecrypt({ key, padding }, signature);
  } catch {
    // Of another length or padding: nothing this key signed.
    return undefined;
  }
};

/** `RSASSA_PSS_SHA_256` says `sha256`. */
const hashOf = (algorithm: SigningAlgorithmSpec): string => `sha${algorithm.slice(-3)}`;

const digestOf = (
  algorithm: SigningAlgorithmSpec,
  hash: string,
  message: Uint8Array,
  isDigest: boolean,
): Uint8Array => {
  if (!isDigest) return createHash(hash).update(message).digest();
  if (message.byteLength * 8 !== Number(algorithm.slice(-3))) throw invalidDigestLength(algorithm);
  return message;
};

const pureMessage = (algorithm: SigningAlgorithmSpec, message: Uint8Array, isDigest: boolean): Uint8Array => {
  if (algorithm === "ED25519_PH_SHA_512") throw new NotImplemented("kms signatures by ED25519_PH_SHA_512");
  if (isDigest) throw invalidDigestLength(algorithm);
  return message;
};

/** ASN.1 of `SEQUENCE { SEQUENCE { OID, NULL }, OCTET STRING digest }`, by RFC 8017, section 9.2. */
const DIGEST_INFO: Readonly<Record<string, string>> = {
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
};

const digestInfo = (hash: string, digest: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(DIGEST_INFO[hash] ?? "", "hex"), digest]);

const modulusOf = ({ asymmetricKeyDetails }: KeyObject) => {
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  return { bits, bytes: Math.ceil(bits / 8) };
};
