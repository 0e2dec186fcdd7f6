import { createHash } from "node:crypto";
import { DAY_MS } from "../../kernel/clock.ts";
import { afterReplicas, keepAlike, leaveFamily } from "./family.ts";
import { KEY_BYTES } from "./limits.ts";
import { sealedMaterial } from "./material/generate.ts";
import type { KeyRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** A key as it is by now: gone after its deletion, without imported material that ran out, rotated when that was due. */
export const afterTime = (room: Room, kept: KeyRecord): KeyRecord | undefined => {
  const now = room.clock.now();
  const key = afterReplicas(room, kept, now);
  if (key !== kept) keep(room, key);
  if (key.deletionAt !== undefined && key.deletionAt <= now) return forget(room, key);
  const { material } = key;
  if (material?.expiresAt !== undefined && material.expiresAt <= now) return keep(room, withoutMaterial(room, key));
  if (key.rotation && material && key.enabled && key.rotation.nextAt <= now)
    return keepAlike(room, rotatedBySchedule(room, key));
  return key;
};

/** A key whose imported material is gone. AWS: it can be imported once more, and no other. */
export const withoutMaterial = ({ cipher }: Pick<Room, "cipher">, { material, ...key }: KeyRecord): KeyRecord => {
  if (!material) return key;
  const sha256 = createHash("sha256").update(cipher.open(material.sealed)).digest("hex");
  return { ...key, lostMaterial: { id: material.id, sha256 } };
};

const keep = ({ keys }: Room, key: KeyRecord): KeyRecord => {
  keys.put(key.id, key);
  return key;
};

const forget = (room: Room, key: KeyRecord): undefined => {
  leaveFamily(room, key);
  const { keys, aliases, grants, imports } = room;
  const { id } = key;
  keys.delete(id);
  for (const { key: name, value } of aliases.range()) if (value.keyId === id) aliases.delete(name);
  grants.clear({ prefix: [id] });
  imports.clear({ prefix: [id] });
};

/** AWS: however long nobody looked, the schedule goes on from the first rotation. */
const rotatedBySchedule = (room: Room, key: KeyRecord): KeyRecord => {
  const { days = 0, nextAt = 0 } = key.rotation ?? {};
  const missed = Math.floor((room.clock.now() - nextAt) / (days * DAY_MS));
  const at = nextAt + missed * days * DAY_MS;
  const rotated = withNewMaterial(room, key, "AUTOMATIC", at);
  return { ...rotated, rotation: { days, nextAt: at + days * DAY_MS } };
};

/** The key with new material of AWS's making; what it had decrypts on. */
export const withNewMaterial = (
  room: Room,
  key: KeyRecord,
  type: KeyRecord["rotations"][number]["type"],
  at: number,
): KeyRecord => withMaterial(key, sealedMaterial(room, room.ids.bytes(KEY_BYTES)), type, at);

export const withMaterial = (
  key: KeyRecord,
  material: NonNullable<KeyRecord["material"]>,
  type: KeyRecord["rotations"][number]["type"],
  at: number,
): KeyRecord => ({
  ...key,
  material,
  formerMaterials: [...(key.material ? [key.material] : []), ...key.formerMaterials],
  rotations: [...key.rotations, { at, type, materialId: material.id }],
});
