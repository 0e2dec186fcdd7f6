import { createDecipheriv, createHash, createPrivateKey } from "node:crypto";
import { DAY_MS } from "../../../kernel/clock.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import {
  alreadyPendingRotation,
  expiredImportToken,
  incorrectKeyMaterial,
  invalidCiphertext,
  invalidImportToken,
  validation,
  wrongOrigin,
} from "../errors.ts";
import { findChangeableKey } from "../find.ts";
import { IMPORT_DAYS } from "../limits.ts";
import { materialFrom, newKeyPair } from "../material/generate.ts";
import { oaepHashOf, unwrapByRsa } from "../material/rsaEncryption.ts";
import type { ImportRecord, KeyRecord, MaterialRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { withoutMaterial } from "../timePassing.ts";

const TOKEN_BYTES = 256;

export const getParametersForImport =
  (room: Room): Operation<"GetParametersForImport"> =>
  async (_ctx, input) => {
    const key = findImportable(room, input.KeyId);
    if (!WRAPPINGS.has(input.WrappingAlgorithm) || !input.WrappingKeySpec.startsWith("RSA_")) {
      throw new NotImplemented(`kms imports by ${input.WrappingAlgorithm} under ${input.WrappingKeySpec}`);
    }
    const { privateKey, publicKey } = await newKeyPair(input.WrappingKeySpec);
    const token = room.ids.bytes(TOKEN_BYTES);
    const validUntil = room.clock.now() + IMPORT_DAYS * DAY_MS;
    room.imports.put([key.id, fingerprint(token)], {
      keyId: key.id,
      algorithm: input.WrappingAlgorithm,
      sealedPrivateKey: room.cipher.seal(privateKey),
      validUntil,
    });
    return { KeyId: key.arn, ImportToken: token, PublicKey: publicKey, ParametersValidTo: new Date(validUntil) };
  };

const WRAPPINGS: ReadonlySet<string> = new Set([
  "RSAES_OAEP_SHA_1",
  "RSAES_OAEP_SHA_256",
  "RSA_AES_KEY_WRAP_SHA_1",
  "RSA_AES_KEY_WRAP_SHA_256",
]);

const findImportable = (room: Room, keyId: string): KeyRecord => {
  const key = findChangeableKey(room, keyId);
  if (key.origin !== "EXTERNAL") throw wrongOrigin(key.arn, key.origin);
  return key;
};

const fingerprint = (token: Uint8Array): string => createHash("sha256").update(token).digest("hex");

export const importKeyMaterial =
  (room: Room): Operation<"ImportKeyMaterial"> =>
  async (_ctx, input) => {
    const key = findImportable(room, input.KeyId);
    const expiry = expiryFrom(input);
    const wrapped = room.imports.get([key.id, fingerprint(input.ImportToken)]);
    if (!wrapped) throw invalidImportToken();
    if (wrapped.validUntil < room.clock.now()) throw expiredImportToken();
    const secret = unwrapped(room, wrapped, Buffer.from(input.EncryptedKeyMaterial));
    const { KeyMaterialDescription } = input;
    const material: MaterialRecord = {
      ...materialFrom(room, key.spec, secret),
      ...expiry,
      ...(KeyMaterialDescription === undefined ? {} : { description: KeyMaterialDescription }),
    };
    const placed = place(room, key, material, input.ImportType ?? "EXISTING_KEY_MATERIAL");
    const symmetric = key.spec === "SYMMETRIC_DEFAULT";
    return { KeyId: key.arn, ...(symmetric ? { KeyMaterialId: placed.id } : {}) };
  };

type ImportInput = Parameters<Operation<"ImportKeyMaterial">>[1];

const expiryFrom = ({ ExpirationModel = "KEY_MATERIAL_EXPIRES", ValidTo }: ImportInput) => {
  if (ExpirationModel === "KEY_MATERIAL_DOES_NOT_EXPIRE") return {};
  if (!ValidTo) throw validation("A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES");
  return { expiresAt: ValidTo.getTime() };
};

/** AWS: what a key had it may be given again; other material is new, and waits for a rotation. */
const place = (room: Room, key: KeyRecord, material: MaterialRecord, type: string): MaterialRecord => {
  const { lostMaterial, ...rest } = key;
  const known = [key.material, ...key.formerMaterials].find((each) => each && isSame(room, each, material));
  if (!key.material) {
    if (lostMaterial && lostMaterial.sha256 !== fingerprint(room.cipher.open(material.sealed)))
      throw incorrectKeyMaterial();
    const placed = lostMaterial ? { ...material, id: lostMaterial.id } : material;
    room.keys.put(key.id, { ...rest, material: placed });
    return placed;
  }
  if (!known) {
    if (type !== "NEW_KEY_MATERIAL" || key.spec !== "SYMMETRIC_DEFAULT") throw incorrectKeyMaterial();
    if (key.pendingMaterial) throw alreadyPendingRotation(key.arn, key.pendingMaterial.id, material.id);
    room.keys.put(key.id, { ...key, pendingMaterial: material });
    return material;
  }
  const placed = { ...material, id: known.id };
  const renewed = (each: MaterialRecord) => (each.id === placed.id ? placed : each);
  room.keys.put(key.id, {
    ...key,
    material: renewed(key.material),
    formerMaterials: key.formerMaterials.map(renewed),
  });
  return placed;
};

const isSame = ({ cipher }: Room, a: MaterialRecord, b: MaterialRecord): boolean =>
  cipher.open(a.sealed).equals(cipher.open(b.sealed));

/** What an import brought, out of its wrapping: under the RSA key itself, or under an AES key that is. */
const unwrapped = ({ cipher }: Room, { algorithm, sealedPrivateKey }: ImportRecord, blob: Buffer): Buffer => {
  const key = createPrivateKey({ key: cipher.open(sealedPrivateKey), format: "der", type: "pkcs8" });
  const hash = oaepHashOf(algorithm);
  if (!algorithm.startsWith("RSA_AES_KEY_WRAP")) return unwrapByRsa(key, hash, blob);
  const modulusBytes = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const aesKey = unwrapByRsa(key, hash, blob.subarray(0, modulusBytes));
  try {
    const unwrap = createDecipheriv("id-aes256-wrap-pad", aesKey, KEY_WRAP_IV);
    return Buffer.concat([unwrap.update(blob.subarray(modulusBytes)), unwrap.final()]);
  } catch {
    // AWS says no more of what does not open.
    throw invalidCiphertext();
  }
};

/** https://www.rfc-editor.org/rfc/rfc5649#section-3 */
const KEY_WRAP_IV = Buffer.from("a65959a6", "hex");

export const deleteImportedKeyMaterial =
  (room: Room): Operation<"DeleteImportedKeyMaterial"> =>
  async (_ctx, input) => {
    const key = findImportable(room, input.KeyId);
    const { spec, material, formerMaterials } = key;
    const id = input.KeyMaterialId ?? material?.id;
    const left = material?.id === id ? withoutMaterial(room, key) : key;
    room.keys.put(key.id, { ...left, formerMaterials: formerMaterials.filter((each) => each.id !== id) });
    return { KeyId: key.arn, ...(spec === "SYMMETRIC_DEFAULT" && id !== undefined ? { KeyMaterialId: id } : {}) };
  };
