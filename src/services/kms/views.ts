import type { CustomerMasterKeySpec, KeySpec } from "@aws-sdk/client-kms";
import { familyOf } from "./family.ts";
import type { KeyRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { algorithmsView } from "./specs.ts";

export const keyView = ({ account, region }: Pick<Room, "account" | "region">, key: KeyRecord) => ({
  AWSAccountId: account,
  KeyId: key.id,
  Arn: key.arn,
  CreationDate: new Date(key.createdAt),
  Enabled: stateOf(key) === "Enabled",
  Description: key.description,
  KeyUsage: key.usage,
  KeyState: stateOf(key),
  ...(key.deletionAt === undefined ? {} : { DeletionDate: new Date(key.deletionAt) }),
  ...(key.outlivesReplicasDays === undefined ? {} : { PendingDeletionWindowInDays: key.outlivesReplicasDays }),
  ...expirationView(key),
  Origin: key.origin,
  KeyManager: key.manager,
  ...specView(key.spec),
  ...algorithmsView(key),
  MultiRegion: key.multiRegion,
  ...(key.multiRegion
    ? {
        MultiRegionConfiguration: familyView({ account, region }, key),
      }
    : {}),
  ...materialView(key, "CurrentKeyMaterialId"),
});

const familyView = (room: Pick<Room, "account" | "region">, key: KeyRecord) => {
  const { primary, replicas } = familyOf(room, key);
  const at = (Region: string) => ({ Arn: key.arn.replace(`:${room.region}:`, `:${Region}:`), Region });
  return {
    MultiRegionKeyType: primary === room.region ? ("PRIMARY" as const) : ("REPLICA" as const),
    PrimaryKey: at(primary),
    ReplicaKeys: replicas.map(at),
  };
};

/** AWS: a key's spec is told under its former name too. */
export const specView = (spec: KeySpec) => ({
  KeySpec: spec,
  ...(isFormerly(spec) ? { CustomerMasterKeySpec: spec } : {}),
});

const isFormerly = (spec: KeySpec): spec is CustomerMasterKeySpec =>
  spec !== "ECC_NIST_EDWARDS25519" && !spec.startsWith("ML_DSA_");

/** AWS: only keys whose material can change tell which they have. */
export const materialView = <N extends string>(key: KeyRecord, name: N): { [K in N]?: string } => {
  const view: { [K in N]?: string } = {};
  const known = key.material ?? key.lostMaterial;
  if (key.spec === "SYMMETRIC_DEFAULT" && known) view[name] = known.id;
  return view;
};

const expirationView = ({ origin, material }: KeyRecord) => {
  if (origin !== "EXTERNAL" || !material) return {};
  if (material.expiresAt === undefined) return { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" as const };
  return { ExpirationModel: "KEY_MATERIAL_EXPIRES" as const, ValidTo: new Date(material.expiresAt) };
};

export const stateOf = ({ enabled, deletionAt, outlivesReplicasDays, material }: KeyRecord) => {
  if (outlivesReplicasDays !== undefined) return "PendingReplicaDeletion" as const;
  if (deletionAt !== undefined) return "PendingDeletion" as const;
  if (!material) return "PendingImport" as const;
  return enabled ? ("Enabled" as const) : ("Disabled" as const);
};
