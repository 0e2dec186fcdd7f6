import type { KeyRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const keyView = ({ account }: Pick<Room, "account">, key: KeyRecord) => ({
  AWSAccountId: account,
  KeyId: key.id,
  Arn: key.arn,
  CreationDate: new Date(key.createdAt),
  Enabled: key.enabled && key.deletionAt === undefined,
  Description: key.description,
  KeyUsage: "ENCRYPT_DECRYPT" as const,
  KeyState: stateOf(key),
  ...(key.deletionAt === undefined ? {} : { DeletionDate: new Date(key.deletionAt) }),
  Origin: "AWS_KMS" as const,
  KeyManager: "CUSTOMER" as const,
  CustomerMasterKeySpec: "SYMMETRIC_DEFAULT" as const,
  KeySpec: "SYMMETRIC_DEFAULT" as const,
  EncryptionAlgorithms: ["SYMMETRIC_DEFAULT" as const],
  MultiRegion: false,
});

export const stateOf = ({ enabled, deletionAt }: KeyRecord) => {
  if (deletionAt !== undefined) return "PendingDeletion" as const;
  return enabled ? ("Enabled" as const) : ("Disabled" as const);
};
