import { findRole } from "../find.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { roleDetailView, roleListView } from "../views.ts";

export const getRole =
  (room: Pick<Room, "roles" | "usage">): Operation<"GetRole"> =>
  async (_ctx, input) => {
    const role = findRole(room, input.RoleName);
    return { Role: roleDetailView(role, room.usage.of(role.id)) };
  };

export const listRoles =
  ({ roles }: Pick<Room, "roles">): Operation<"ListRoles"> =>
  async (_ctx, input) => {
    const wanted = [...roles.list()].filter(({ path }) => path.startsWith(input.PathPrefix ?? "/"));
    const { items, paging } = page(wanted, input);
    return { Roles: items.map(roleListView), ...paging };
  };
