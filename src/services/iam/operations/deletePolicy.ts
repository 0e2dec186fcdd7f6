import { attachmentsByPolicy } from "../attachments.ts";
import { deleteConflict } from "../errors.ts";
import { findPolicy } from "../find.ts";
import type { Operation, Room } from "../room.ts";

export const deletePolicy =
  (room: Room): Operation<"DeletePolicy"> =>
  async (_ctx, { PolicyArn }) => {
    const policy = findPolicy(room, PolicyArn);
    if (attachmentsByPolicy(room).has(PolicyArn)) throw deleteConflict("Cannot delete a policy attached to entities.");
    if (policy.versions.length > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    room.policies.remove(policy.name);
    return {};
  };
