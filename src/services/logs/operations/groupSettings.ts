import { invalidParameter } from "../errors.ts";
import { findGroup, groupNameIn } from "../find.ts";
import type { GroupRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<Room, "groups">;

/** AWS: a key is for what is written from now on. */
export const associateKmsKey =
  ({ groups }: Parts): Operation<"AssociateKmsKey"> =>
  async (_ctx, input) => {
    const group = named({ groups }, input);
    groups.put(group.name, { ...group, kmsKeyId: input.kmsKeyId });
    return {};
  };

export const disassociateKmsKey =
  ({ groups }: Parts): Operation<"DisassociateKmsKey"> =>
  async (_ctx, input) => {
    const { kmsKeyId: _, ...group } = named({ groups }, input);
    groups.put(group.name, group);
    return {};
  };

export const putLogGroupDeletionProtection =
  ({ groups }: Parts): Operation<"PutLogGroupDeletionProtection"> =>
  async (_ctx, { logGroupIdentifier, deletionProtectionEnabled }) => {
    const { deletionProtected: _, ...group } = findGroup({ groups }, groupNameIn(logGroupIdentifier));
    groups.put(group.name, { ...group, ...(deletionProtectionEnabled ? { deletionProtected: true } : {}) });
    return {};
  };

interface KeyHolder {
  readonly logGroupName?: string | undefined;
  readonly resourceIdentifier?: string | undefined;
}

/** AWS: a group goes by its name, or by an ARN; never by both. Throws InvalidParameterException. */
const named = (room: Parts, { logGroupName, resourceIdentifier }: KeyHolder): GroupRecord => {
  if ((logGroupName === undefined) === (resourceIdentifier === undefined))
    throw invalidParameter("Exactly one of logGroupName and resourceIdentifier must be specified.");
  return findGroup(room, logGroupName ?? resourceIdentifier ?? "");
};
