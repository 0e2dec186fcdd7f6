import { aliasExists, aliasNotFound, invalidAliasName, validation } from "../errors.ts";
import { findChangeableKey, findKey, kmsArn } from "../find.ts";
import { DEFAULT_ALIAS_PAGE_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { AliasRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const createAlias =
  (room: Room): Operation<"CreateAlias"> =>
  async (_ctx, input) => {
    const name = input.AliasName;
    checkOwn(name);
    const arn = kmsArn(room, name);
    if (room.aliases.has(name)) throw aliasExists(arn);
    const now = room.clock.now();
    const { id } = targetOf(room, input.TargetKeyId);
    room.aliases.put(name, { name, arn, keyId: id, createdAt: now, updatedAt: now });
    return {};
  };

/** AWS: an alias names a key, never another alias. */
const targetOf = (room: Room, id: string) => {
  if (id.includes("alias/")) throw validation("Aliases must refer to keys. Not aliases");
  return findChangeableKey(room, id);
};

export const updateAlias =
  (room: Room): Operation<"UpdateAlias"> =>
  async (_ctx, input) => {
    checkOwn(input.AliasName);
    const alias = findAlias(room, input.AliasName);
    const { id } = targetOf(room, input.TargetKeyId);
    room.aliases.put(alias.name, { ...alias, keyId: id, updatedAt: room.clock.now() });
    return {};
  };

export const deleteAlias =
  (room: Room): Operation<"DeleteAlias"> =>
  async (_ctx, input) => {
    checkOwn(input.AliasName);
    room.aliases.delete(findAlias(room, input.AliasName).name);
    return {};
  };

/** Throws for what is no alias, and for AWS's own. */
const checkOwn = (name: string): void => {
  if (!/^alias\/.+/.test(name)) {
    throw validation(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (name.startsWith("alias/aws/")) {
    throw invalidAliasName("Alias names that begin with alias/aws/ are reserved for AWS.");
  }
};

const findAlias = (room: Room, name: string): AliasRecord => {
  const alias = room.aliases.get(name);
  if (!alias) throw aliasNotFound(kmsArn(room, name));
  return alias;
};

export const listAliases =
  (room: Room): Operation<"ListAliases"> =>
  async (_ctx, input) => {
    const keyId = input.KeyId === undefined ? undefined : findKey(room, input.KeyId).id;
    const all = [...room.aliases.range()].map(({ value }) => value);
    const wanted = all.filter((alias) => keyId === undefined || alias.keyId === keyId);
    const { items, ...next } = page(wanted, input.Marker, input.Limit ?? DEFAULT_ALIAS_PAGE_SIZE);
    return {
      Aliases: items.map((alias) => ({
        AliasName: alias.name,
        AliasArn: alias.arn,
        TargetKeyId: alias.keyId,
        CreationDate: new Date(alias.createdAt),
        LastUpdatedDate: new Date(alias.updatedAt),
      })),
      ...next,
    };
  };
