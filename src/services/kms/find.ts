import { parseArn } from "../../kernel/arn.ts";
import { aliasNotFound, invalidKeyId, keyDisabled, keyNotFound, pendingDeletion } from "./errors.ts";
import type { KeyRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const kmsArn = (
  { partition, region, account }: Pick<Room, "partition" | "region" | "account">,
  resource: string,
) => `arn:${partition}:kms:${region}:${account}:${resource}`;

/** The key of an id, an alias, or the ARN of either. Throws NotFoundException. */
export const findKey = (room: Room, text: string): KeyRecord => {
  const resource = parseArn(text)?.resource ?? text;
  const alias = resource.startsWith("alias/") ? room.aliases.get(resource) : undefined;
  if (resource.startsWith("alias/") && !alias) throw aliasNotFound(kmsArn(room, resource));
  const id = alias?.keyId ?? resource.replace(/^key\//, "");
  const key = room.keys.get(id);
  if (key && !isGone(room, key)) return key;
  throw /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
    ? keyNotFound(kmsArn(room, `key/${id}`))
    : invalidKeyId(text);
};

/** A key that may be used: enabled, and not waiting for its deletion. */
export const findUsableKey = (room: Room, text: string): KeyRecord => {
  const key = findChangeableKey(room, text);
  if (!key.enabled) throw keyDisabled(key.arn);
  return key;
};

/** AWS: a key that waits for its deletion is not changed any more. */
export const findChangeableKey = (room: Room, text: string): KeyRecord => {
  const key = findKey(room, text);
  if (key.deletionAt !== undefined) throw pendingDeletion(key.arn);
  return key;
};

/** Whether a key's time is over; its record goes with the first look after that. */
const isGone = ({ keys, aliases, clock }: Room, { id, deletionAt }: KeyRecord): boolean => {
  if (deletionAt === undefined || deletionAt > clock.now()) return false;
  keys.delete(id);
  for (const { key, value } of aliases.range()) if (value.keyId === id) aliases.delete(key);
  return true;
};

/** The keys that are there, in order of their ids. */
export const keysOf = (room: Room): readonly KeyRecord[] =>
  [...room.keys.range()].map(({ value }) => value).filter((key) => !isGone(room, key));
