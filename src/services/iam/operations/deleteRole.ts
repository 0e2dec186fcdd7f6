import { deleteConflict } from "../errors.ts";
import { findOwnRole } from "../find.ts";
import type { Operation, Room } from "../room.ts";

export const deleteRole =
  (room: Pick<Room, "roles" | "instanceProfiles">): Operation<"DeleteRole"> =>
  async (_ctx, { RoleName }) => {
    const role = findOwnRole(room, RoleName);
    if ([...room.instanceProfiles.list()].some(({ roleName }) => roleName === role.name)) {
      throw deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
    }
    if (role.attachedPolicies.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
    if (role.inlinePolicies.length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
    room.roles.remove(role.name);
    return {};
  };
