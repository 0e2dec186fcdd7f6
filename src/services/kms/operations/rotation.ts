import type { RotationsListEntry } from "@aws-sdk/client-kms";
import { DAY_MS } from "../../../kernel/clock.ts";
import { nothingToRotateTo, tooManyRotations, unsupported, wrongOrigin } from "../errors.ts";
import { checkNoReplica, keepAlike } from "../family.ts";
import { findChangeableKey, findKey, findUsableKey } from "../find.ts";
import { DEFAULT_PAGE_SIZE, DEFAULT_ROTATION_DAYS, MAX_ON_DEMAND_ROTATIONS } from "../limits.ts";
import { page } from "../paging.ts";
import type { KeyRecord, MaterialRecord, RotationRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { withMaterial, withNewMaterial } from "../timePassing.ts";

export const enableKeyRotation =
  (room: Room): Operation<"EnableKeyRotation"> =>
  async (_ctx, input) => {
    const key = findUsableKey(room, input.KeyId);
    checkRotates(room, key);
    if (key.origin === "EXTERNAL") throw wrongOrigin(key.arn, key.origin);
    const days = input.RotationPeriodInDays ?? DEFAULT_ROTATION_DAYS;
    keepAlike(room, { ...key, rotation: { days, nextAt: room.clock.now() + days * DAY_MS } });
    return {};
  };

export const disableKeyRotation =
  (room: Room): Operation<"DisableKeyRotation"> =>
  async (_ctx, input) => {
    const { rotation: _rotation, ...key } = findChangeableKey(room, input.KeyId);
    checkRotates(room, key);
    keepAlike(room, key);
    return {};
  };

export const getKeyRotationStatus =
  (room: Room): Operation<"GetKeyRotationStatus"> =>
  async (_ctx, input) => {
    const { arn, rotation, deletionAt } = findKey(room, input.KeyId);
    // AWS: a key that waits for its deletion does not rotate.
    if (!rotation || deletionAt !== undefined) return { KeyId: arn, KeyRotationEnabled: false };
    return {
      KeyId: arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotation.days,
      NextRotationDate: new Date(rotation.nextAt),
    };
  };

/** AWS: beside its schedule, which goes on as if nothing had been; imported material is followed by what was imported next. */
export const rotateKeyOnDemand =
  (room: Room): Operation<"RotateKeyOnDemand"> =>
  async (_ctx, input) => {
    const key = findUsableKey(room, input.KeyId);
    checkRotates(room, key);
    const done = key.rotations.filter(({ type }) => type === "ON_DEMAND").length;
    if (done >= MAX_ON_DEMAND_ROTATIONS) throw tooManyRotations(key.arn);
    keepAlike(room, key.origin === "EXTERNAL" ? withPending(room, key) : rotated(room, key));
    return { KeyId: key.arn };
  };

const rotated = (room: Room, key: KeyRecord): KeyRecord => withNewMaterial(room, key, "ON_DEMAND", room.clock.now());

const withPending = ({ clock }: Room, { pendingMaterial, ...key }: KeyRecord): KeyRecord => {
  if (!pendingMaterial) throw nothingToRotateTo(key.arn);
  return withMaterial(key, pendingMaterial, "ON_DEMAND", clock.now());
};

/** AWS: replicas rotate with their primary key alone. */
const checkRotates = (room: Room, key: KeyRecord): void => {
  checkSymmetric(key);
  checkNoReplica(room, key);
};

const checkSymmetric = ({ spec }: KeyRecord): void => {
  if (spec !== "SYMMETRIC_DEFAULT") throw unsupported();
};

export const listKeyRotations =
  (room: Room): Operation<"ListKeyRotations"> =>
  async (_ctx, input) => {
    const key = findKey(room, input.KeyId);
    checkSymmetric(key);
    const all: readonly RotationsListEntry[] =
      input.IncludeKeyMaterial === "ALL_KEY_MATERIAL" ? allMaterials(key) : key.rotations.map(rotationView(key));
    const { items, ...next } = page(all, input.Marker, input.Limit ?? DEFAULT_PAGE_SIZE);
    return { Rotations: [...items], ...next };
  };

const rotationView =
  (key: KeyRecord) =>
  ({ at, type, materialId }: RotationRecord) => ({
    KeyId: key.id,
    KeyMaterialId: materialId,
    RotationDate: new Date(at),
    RotationType: type,
    ...importView(
      key,
      [key.material, ...key.formerMaterials].find((each) => each?.id === materialId),
    ),
  });

/** Every material the key has or had, the first at first, with the rotation that brought it. */
const allMaterials = (key: KeyRecord) => {
  const { material, formerMaterials, pendingMaterial, rotations } = key;
  const held = [...[...formerMaterials].reverse(), ...(material ? [material] : [])].map((each) => {
    const rotation = rotations.find(({ materialId }) => materialId === each.id);
    return {
      KeyId: key.id,
      KeyMaterialId: each.id,
      KeyMaterialState: each === material ? ("CURRENT" as const) : ("NON_CURRENT" as const),
      ...(rotation ? { RotationDate: new Date(rotation.at), RotationType: rotation.type } : {}),
      ...importView(key, each),
    };
  });
  const pending = pendingMaterial && {
    KeyId: key.id,
    KeyMaterialId: pendingMaterial.id,
    KeyMaterialState: "PENDING_ROTATION" as const,
    ...importView(key, pendingMaterial),
  };
  return [...held, ...(pending ? [pending] : [])];
};

const importView = ({ origin }: KeyRecord, material: MaterialRecord | undefined) => {
  if (origin !== "EXTERNAL" || !material) return {};
  const { expiresAt, description } = material;
  return {
    ImportState: "IMPORTED" as const,
    ...(description === undefined ? {} : { KeyMaterialDescription: description }),
    ...(expiresAt === undefined
      ? { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" as const }
      : { ExpirationModel: "KEY_MATERIAL_EXPIRES" as const, ValidTo: new Date(expiresAt) }),
  };
};
