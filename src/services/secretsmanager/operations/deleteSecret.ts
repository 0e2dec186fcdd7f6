import { ResourceNotFoundException } from "@aws-sdk/client-secrets-manager";
import { invalidParameter, invalidRequest, markedForDeletion, readOnlyReplica, stillReplicated } from "../errors.ts";
import { findSecret } from "../find.ts";
import { DEFAULT_RECOVERY_DAYS, MAX_RECOVERY_DAYS, MIN_RECOVERY_DAYS } from "../limits.ts";
import { deleted } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { secretNameView } from "../views.ts";

export const deleteSecret =
  (room: Pick<Room, "secrets" | "clock">): Operation<"DeleteSecret"> =>
  async (ctx, input) => {
    const { RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: force } = input;
    if (force && days !== undefined) {
      throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days !== undefined && (days < MIN_RECOVERY_DAYS || days > MAX_RECOVERY_DAYS)) {
      throw invalidParameter(
        `The RecoveryWindowInDays value must be between ${MIN_RECOVERY_DAYS} and ${MAX_RECOVERY_DAYS} days (inclusive).`,
      );
    }
    const now = room.clock.now();
    const existing = force ? findOrNone(room, input.SecretId) : findSecret(room, input.SecretId);
    // AWS: deleting by force what is not there succeeds, so that a clean-up may be repeated.
    if (!existing) return { ARN: ctx.arn("secret", input.SecretId), Name: input.SecretId, DeletionDate: new Date(now) };
    if (existing.primaryRegion !== undefined) throw readOnlyReplica();
    const replicas = existing.replicas?.filter(({ status }) => status === "InSync") ?? [];
    if (replicas.length > 0)
      throw stillReplicated(
        input.SecretId,
        replicas.map(({ region }) => region),
      );
    if (force) {
      room.secrets.remove(existing.name);
      return { ...secretNameView(existing), DeletionDate: new Date(now) };
    }
    if (existing.deletedAt !== undefined) throw markedForDeletion();
    const secret = deleted(existing, now, days ?? DEFAULT_RECOVERY_DAYS);
    room.secrets.put(secret);
    return { ...secretNameView(secret), DeletionDate: new Date(secret.purgeAt ?? now) };
  };

const findOrNone = (room: Pick<Room, "secrets" | "clock">, id: string) => {
  if (id === "") throw invalidRequest("You must provide a SecretId.");
  try {
    return findSecret(room, id);
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    return undefined;
  }
};
