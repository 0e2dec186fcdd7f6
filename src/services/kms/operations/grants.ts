import { NotImplemented } from "../../../kernel/errors.ts";
import { stopDryRun } from "../dryRun.ts";
import { grantNotFound, validation } from "../errors.ts";
import { findChangeableKey, findKey, findUsableKey, kmsArn } from "../find.ts";
import { grantOfToken, newGrantToken } from "../grants.ts";
import { DEFAULT_GRANT_PAGE_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { GrantRecord, KeyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Input = Parameters<Operation<"CreateGrant">>[1];

/** Hexadecimal digits of a grant's id. */
const GRANT_ID_DIGITS = 64;

export const createGrant =
  (room: Room): Operation<"CreateGrant"> =>
  async (_ctx, input) => {
    const key = findUsableKey(room, input.KeyId);
    checkOperations(key, input);
    const terms = termsFrom(key, input);
    stopDryRun(input);
    const same = input.Name === undefined ? undefined : sameGrant(room, terms);
    if (same) return { GrantId: same.id, GrantToken: same.token };
    const id = room.ids.hex(GRANT_ID_DIGITS);
    const token = newGrantToken(room, key.id, id);
    room.grants.put([key.id, id], { ...terms, id, token, createdAt: room.clock.now() });
    return { GrantId: id, GrantToken: token };
  };

type Terms = Omit<GrantRecord, "id" | "token" | "createdAt">;

const termsFrom = ({ id, spec }: KeyRecord, input: Input): Terms => {
  const { EncryptionContextSubset, EncryptionContextEquals, SourceArn } = input.Constraints ?? {};
  if (SourceArn !== undefined || input.GranteePrincipal === undefined) {
    throw new NotImplemented("kms grants to service principals");
  }
  if ((EncryptionContextSubset || EncryptionContextEquals) && spec !== "SYMMETRIC_DEFAULT") {
    throw validation("Encryption context constraints are supported only on symmetric encryption KMS keys.");
  }
  return {
    keyId: id,
    grantee: input.GranteePrincipal,
    operations: [...new Set(input.Operations)],
    ...(input.Name === undefined ? {} : { name: input.Name }),
    ...(input.RetiringPrincipal === undefined ? {} : { retiring: input.RetiringPrincipal }),
    ...(EncryptionContextSubset ? { contextSubset: EncryptionContextSubset } : {}),
    ...(EncryptionContextEquals ? { contextEquals: EncryptionContextEquals } : {}),
  };
};

/** AWS: of the same name and the same terms there is one grant. */
const sameGrant = ({ grants }: Room, terms: Terms): GrantRecord | undefined => {
  for (const { value } of grants.range({ prefix: [terms.keyId] })) {
    const { id: _id, token: _token, createdAt: _createdAt, ...others } = value;
    if (JSON.stringify(canonical(others)) === JSON.stringify(canonical(terms))) return value;
  }
  return undefined;
};

const canonical = (terms: Terms) => Object.entries(terms).sort(([a], [b]) => (a < b ? -1 : 1));

/** What every key can be granted, and what only keys of one usage know. */
const ALWAYS = ["CreateGrant", "RetireGrant", "DescribeKey"];
const BY_USAGE: Readonly<Partial<Record<KeyRecord["usage"], readonly string[]>>> = {
  ENCRYPT_DECRYPT: ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo"],
  SIGN_VERIFY: ["Sign", "Verify", "GetPublicKey"],
  GENERATE_VERIFY_MAC: ["GenerateMac", "VerifyMac"],
  KEY_AGREEMENT: ["DeriveSharedSecret", "GetPublicKey"],
};
const SYMMETRIC_ALONE = [
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "GenerateDataKeyPair",
  "GenerateDataKeyPairWithoutPlaintext",
];

const checkOperations = ({ arn, usage, spec }: KeyRecord, { Operations }: Input): void => {
  const isSymmetric = spec === "SYMMETRIC_DEFAULT";
  const ofSpec = isSymmetric ? SYMMETRIC_ALONE : ["GetPublicKey"];
  const known = new Set([...ALWAYS, ...(BY_USAGE[usage] ?? []), ...(usage === "ENCRYPT_DECRYPT" ? ofSpec : [])]);
  const unknown = Operations.filter((operation) => !known.has(operation));
  if (unknown.length > 0) throw validation(`${arn} does not support the grant operations ${unknown.join(", ")}.`);
};

export const listGrants =
  (room: Room): Operation<"ListGrants"> =>
  async (_ctx, input) => {
    const key = findKey(room, input.KeyId);
    const wanted = [...room.grants.range({ prefix: [key.id] })]
      .map(({ value }) => value)
      .filter(({ id }) => input.GrantId === undefined || id === input.GrantId)
      .filter(({ grantee }) => input.GranteePrincipal === undefined || grantee === input.GranteePrincipal);
    return grantsPage(room, wanted, input);
  };

/** Every grant that somebody may retire, of all keys. */
export const listRetirableGrants =
  (room: Room): Operation<"ListRetirableGrants"> =>
  async (_ctx, input) => {
    const all = [...room.grants.range()].map(({ value }) => value);
    const wanted = all.filter(({ retiring }) => retiring === input.RetiringPrincipal);
    return grantsPage(room, wanted, input);
  };

interface Paging {
  readonly Marker?: string | undefined;
  readonly Limit?: number | undefined;
}

const grantsPage = (room: Room, grants: readonly GrantRecord[], { Marker, Limit }: Paging) => {
  const { items, ...next } = page(grants, Marker, Limit ?? DEFAULT_GRANT_PAGE_SIZE);
  return { Grants: items.map((grant) => grantView(room, grant)), ...next };
};

const grantView = (room: Room, grant: GrantRecord) => ({
  KeyId: kmsArn(room, `key/${grant.keyId}`),
  GrantId: grant.id,
  ...(grant.name === undefined ? {} : { Name: grant.name }),
  CreationDate: new Date(grant.createdAt),
  GranteePrincipal: grant.grantee,
  ...(grant.retiring === undefined ? {} : { RetiringPrincipal: grant.retiring }),
  IssuingAccount: `arn:${room.partition}:iam::${room.account}:root`,
  Operations: [...grant.operations],
  ...(grant.contextSubset || grant.contextEquals ? { Constraints: constraintsView(grant) } : {}),
});

const constraintsView = ({ contextSubset, contextEquals }: GrantRecord) => ({
  ...(contextSubset ? { EncryptionContextSubset: { ...contextSubset } } : {}),
  ...(contextEquals ? { EncryptionContextEquals: { ...contextEquals } } : {}),
});

export const revokeGrant =
  (room: Room): Operation<"RevokeGrant"> =>
  async (_ctx, input) => {
    const { id } = grantOf(room, input.KeyId, input.GrantId);
    stopDryRun(input);
    room.grants.delete([findChangeableKey(room, input.KeyId).id, id]);
    return {};
  };

export const retireGrant =
  (room: Room): Operation<"RetireGrant"> =>
  async (_ctx, input) => {
    const grant = retired(room, input);
    stopDryRun(input);
    room.grants.delete([grant.keyId, grant.id]);
    return {};
  };

/** AWS: a grant is retired by its token, or by its key and id. */
const retired = (room: Room, { GrantToken, KeyId, GrantId }: Parameters<Operation<"RetireGrant">>[1]): GrantRecord => {
  if (GrantToken !== undefined && KeyId === undefined && GrantId === undefined) return grantOfToken(room, GrantToken);
  if (GrantToken === undefined && KeyId !== undefined && GrantId !== undefined) return grantOf(room, KeyId, GrantId);
  throw validation("You must specify either a grant token or a combination of key ID and grant ID.");
};

const grantOf = (room: Room, keyId: string, grantId: string): GrantRecord => {
  const grant = room.grants.get([findKey(room, keyId).id, grantId]);
  if (!grant) throw grantNotFound(grantId);
  return grant;
};
