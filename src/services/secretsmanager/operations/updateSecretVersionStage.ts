import { invalidParameter, valueNotFound } from "../errors.ts";
import { findOwnSecret } from "../find.ts";
import { CURRENT, versionAt } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { withStageAt } from "../versions.ts";
import { secretNameView } from "../views.ts";

export const updateSecretVersionStage =
  (room: Pick<Room, "secrets" | "clock">): Operation<"UpdateSecretVersionStage"> =>
  async (_ctx, input) => {
    const secret = findOwnSecret(room, input.SecretId);
    const { VersionStage: stage, MoveToVersionId: to, RemoveFromVersionId: from } = input;
    const holder = versionAt(secret, stage);
    if (to !== undefined && !secret.versions.some(({ versionId }) => versionId === to)) {
      throw valueNotFound(`VersionId: ${to}`);
    }
    if (holder && holder.versionId !== to && holder.versionId !== from) {
      throw invalidParameter(
        `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.versionId}, so you must explicitly reference that version in RemoveFromVersionId.`,
      );
    }
    if (to === undefined && stage === CURRENT) {
      throw invalidParameter(`You can't remove staging label ${CURRENT} without moving it to another version.`);
    }
    room.secrets.put(withStageAt(secret, stage, to, room.clock.now()));
    return secretNameView(secret);
  };
