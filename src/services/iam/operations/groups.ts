import { alreadyExists, deleteConflict, limitExceeded } from "../errors.ts";
import { findGroup, findUser } from "../find.ts";
import { ID_CHARACTERS, MAX_GROUPS, MAX_GROUPS_PER_USER } from "../limits.ts";
import { page } from "../paging.ts";
import type { GroupRecord, UserRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { groupView, userListView } from "../views.ts";

export const createGroup =
  (room: Room): Operation<"CreateGroup"> =>
  async (_ctx, { GroupName: name, Path: path = "/" }) => {
    if (room.groups.taken(name)) throw alreadyExists("Group", name);
    if (room.groups.count() >= MAX_GROUPS)
      throw limitExceeded(`Cannot exceed quota for GroupsPerAccount: ${MAX_GROUPS}`);
    const group: GroupRecord = {
      name,
      path,
      id: `AGPA${room.ids.upper(ID_CHARACTERS)}`,
      arn: groupArn(room, path, name),
      createdAt: room.clock.now(),
      inlinePolicies: [],
      attachedPolicies: [],
    };
    room.groups.put(group);
    return { Group: groupView(group) };
  };

export const getGroup =
  (room: Room): Operation<"GetGroup"> =>
  async (_ctx, input) => {
    const group = findGroup(room, input.GroupName);
    const { items, paging } = page(membersOf(room, group), input);
    return { Group: groupView(group), Users: items.map(userListView), ...paging };
  };

export const listGroups =
  ({ groups }: Room): Operation<"ListGroups"> =>
  async (_ctx, input) => {
    const wanted = [...groups.list()].filter(({ path }) => path.startsWith(input.PathPrefix ?? "/"));
    const { items, paging } = page(wanted, input);
    return { Groups: items.map(groupView), ...paging };
  };

export const listGroupsForUser =
  (room: Room): Operation<"ListGroupsForUser"> =>
  async (_ctx, input) => {
    const { items, paging } = page(findUser(room, input.UserName).groups, input);
    return { Groups: items.map((name) => groupView(findGroup(room, name))), ...paging };
  };

export const updateGroup =
  (room: Room): Operation<"UpdateGroup"> =>
  async (_ctx, { GroupName, NewGroupName, NewPath }) => {
    const group = findGroup(room, GroupName);
    const name = NewGroupName ?? group.name;
    const path = NewPath ?? group.path;
    if (name.toLowerCase() !== group.name.toLowerCase() && room.groups.taken(name)) throw alreadyExists("Group", name);
    room.records.atomically(() => {
      const members = membersOf(room, group);
      room.groups.remove(group.name);
      room.groups.put({ ...group, name, path, arn: groupArn(room, path, name) });
      for (const user of members) {
        room.users.put({ ...user, groups: user.groups.map((each) => (each === group.name ? name : each)) });
      }
    });
    return {};
  };

export const deleteGroup =
  (room: Room): Operation<"DeleteGroup"> =>
  async (_ctx, { GroupName }) => {
    const group = findGroup(room, GroupName);
    if (membersOf(room, group).length > 0)
      throw deleteConflict("Cannot delete entity, must remove users from group first.");
    if (group.attachedPolicies.length > 0)
      throw deleteConflict("Cannot delete entity, must detach all policies first.");
    if (group.inlinePolicies.length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
    room.groups.remove(group.name);
    return {};
  };

export const addUserToGroup =
  (room: Room): Operation<"AddUserToGroup"> =>
  async (_ctx, { GroupName, UserName }) => {
    const group = findGroup(room, GroupName);
    const user = findUser(room, UserName);
    if (user.groups.includes(group.name)) return {};
    if (user.groups.length >= MAX_GROUPS_PER_USER) {
      throw limitExceeded(`Cannot exceed quota for GroupsPerUser: ${MAX_GROUPS_PER_USER}`);
    }
    room.users.put({ ...user, groups: [...user.groups, group.name] });
    return {};
  };

export const removeUserFromGroup =
  (room: Room): Operation<"RemoveUserFromGroup"> =>
  async (_ctx, { GroupName, UserName }) => {
    const group = findGroup(room, GroupName);
    const user = findUser(room, UserName);
    room.users.put({ ...user, groups: user.groups.filter((name) => name !== group.name) });
    return {};
  };

const membersOf = ({ users }: Room, group: GroupRecord): readonly UserRecord[] =>
  [...users.list()].filter(({ groups }) => groups.includes(group.name));

const groupArn = ({ partition, account }: Room, path: string, name: string): string =>
  `arn:${partition}:iam::${account}:group${path}${name}`;
