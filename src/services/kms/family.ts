import { DAY_MS } from "../../kernel/clock.ts";
import { notPrimary } from "./errors.ts";
import type { FamilyRecord, KeyRecord } from "./records.ts";
import type { Room } from "./room.ts";

// https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html

/** The regions of a multi-Region key and its replicas. */
export const familyOf = ({ region }: Pick<Room, "region">, { family }: KeyRecord): FamilyRecord =>
  family ?? { primary: region, replicas: [] };

/** Refuses what only a multi-Region key does that is nobody's replica. */
export const checkPrimary = (room: Pick<Room, "region">, key: KeyRecord): void => {
  if (!key.multiRegion || familyOf(room, key).primary !== room.region) throw notPrimary(key.arn);
};

/** The same for what keys do that have no replicas at all, too. */
export const checkNoReplica = (room: Pick<Room, "region">, key: KeyRecord): void => {
  if (key.multiRegion) checkPrimary(room, key);
};

type Means = Pick<Room, "region" | "keys" | "keysIn">;

/** Keeps a key, and gives the others of its family what all of them have alike. */
export const keepAlike = (room: Means, key: KeyRecord): KeyRecord => {
  room.keys.put(key.id, key);
  for (const region of othersOf(room, key)) changeIn(room, region, key.id, (member) => alike(member, key));
  return key;
};

/** A replica that is gone is no member any more; a primary key that waited for the last of them starts its own end. */
export const leaveFamily = (room: Means, key: KeyRecord): void => {
  const { primary, replicas } = familyOf(room, key);
  if (primary === room.region) return;
  const family = { primary, replicas: replicas.filter((region) => region !== room.region) };
  for (const region of othersOf(room, key)) {
    changeIn(room, region, key.id, (member) => ended({ ...member, family }, key.deletionAt ?? 0));
  }
};

/** A primary key that waits for its replicas, as it is once the time of the last of them has come. */
export const afterReplicas = (room: Means, key: KeyRecord, now: number): KeyRecord => {
  if (key.outlivesReplicasDays === undefined) return key;
  const { primary, replicas } = familyOf(room, key);
  const ends = replicas.map((region) => room.keysIn(region).get(key.id)?.deletionAt ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...ends);
  return last > now ? key : ended({ ...key, family: { primary, replicas: [] } }, last);
};

const ended = ({ outlivesReplicasDays: days, ...key }: KeyRecord, since: number): KeyRecord => {
  if (days === undefined) return key;
  if ((key.family?.replicas.length ?? 0) > 0) return { ...key, outlivesReplicasDays: days };
  return { ...key, deletionAt: since + days * DAY_MS };
};

const alike = ({ rotation: _rotation, ...member }: KeyRecord, { family, rotation, ...key }: KeyRecord): KeyRecord => ({
  ...member,
  ...(family ? { family } : {}),
  ...(rotation ? { rotation } : {}),
  ...(key.origin === "AWS_KMS" ? materialsOf(key) : {}),
});

const materialsOf = ({ material, formerMaterials, rotations }: KeyRecord) => ({
  ...(material ? { material } : {}),
  formerMaterials,
  rotations,
});

const othersOf = (room: Pick<Room, "region">, key: KeyRecord): readonly string[] => {
  const { primary, replicas } = familyOf(room, key);
  return [primary, ...replicas].filter((region) => region !== room.region);
};

const changeIn = ({ keysIn }: Means, region: string, id: string, change: (key: KeyRecord) => KeyRecord): void => {
  const keys = keysIn(region);
  const member = keys.get(id);
  if (member) keys.put(id, change(member));
};
