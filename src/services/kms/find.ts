import { type Arn, parseArn } from "../../kernel/arn.ts";
import {
  aliasNotFound,
  invalidKeyId,
  invalidRegion,
  keyDisabled,
  keyNotFound,
  pendingDeletion,
  pendingImport,
  wrongUsage,
} from "./errors.ts";
import { managedKey } from "./managedKeys.ts";
import type { KeyRecord, MaterialRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { afterTime } from "./timePassing.ts";

export const kmsArn = (
  { partition, region, account }: Pick<Room, "partition" | "region" | "account">,
  resource: string,
) => `arn:${partition}:kms:${region}:${account}:${resource}`;

/** The key of an id, an alias, or the ARN of either. Throws NotFoundException. */
export const findKey = (room: Room, text: string): KeyRecord => {
  const arn = parseArn(text);
  if (arn && arn.region !== room.region) throw invalidRegion(arn.region);
  const id = idNamed(room, arn, text);
  const key = keyAt(room, id);
  if (key) return key;
  throw KEY_ID.test(id) ? keyNotFound(kmsArn(room, `key/${id}`)) : invalidKeyId(text);
};

const KEY_ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;

const idNamed = (room: Room, arn: Arn | undefined, text: string): string => {
  const resource = arn?.resource ?? text;
  if (!resource.startsWith("alias/")) return resource.replace(/^key\//, "");
  const id = room.aliases.get(resource)?.keyId ?? managedKey(room, resource)?.id;
  if (id === undefined) throw aliasNotFound(kmsArn(room, resource));
  return id;
};

/** The key of an id, as time has left it. */
export const keyAt = (room: Room, id: string): KeyRecord | undefined => {
  const key = room.keys.get(id);
  return key && afterTime(room, key);
};

/** A key that may be used: enabled, with material, and not waiting for its deletion. */
export interface UsableKey extends KeyRecord {
  readonly material: MaterialRecord;
}

/** The key for an operation that only keys of one usage know. */
export const findKeyFor = (room: Room, text: string, operation: string, usage: KeyRecord["usage"]): UsableKey => {
  const key = findUsableKey(room, text);
  if (key.usage !== usage) throw wrongUsage(key.arn, key.usage, operation);
  return key;
};

export const findUsableKey = (room: Room, text: string): UsableKey => {
  const key = findChangeableKey(room, text);
  const { material } = key;
  if (!material) throw pendingImport(key.arn);
  if (!key.enabled) throw keyDisabled(key.arn);
  return { ...key, material };
};

/** AWS: a key that waits for its deletion is not changed any more. */
export const findChangeableKey = (room: Room, text: string): KeyRecord => {
  const key = findKey(room, text);
  if (key.deletionAt !== undefined || key.outlivesReplicasDays !== undefined) throw pendingDeletion(key.arn);
  return key;
};

/** The keys that are there, in order of their ids. */
export const keysOf = (room: Room): readonly KeyRecord[] =>
  [...room.keys.range()].flatMap(({ value }) => afterTime(room, value) ?? []);
