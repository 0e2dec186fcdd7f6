import { boundaryOf } from "../boundaries.ts";
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from "../errors.ts";
import { findUser } from "../find.ts";
import { ID_CHARACTERS, MAX_USERS } from "../limits.ts";
import { devicesOf } from "../mfa/devices.ts";
import { page } from "../paging.ts";
import type { UserRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { isMadeFor, madeFor, tagsOf } from "../tags.ts";
import { callingUser, keysOf, serviceCredentialsOf } from "../users.ts";
import { userListView, userView } from "../views.ts";

export const createUser =
  (room: Room): Operation<"CreateUser"> =>
  async (_ctx, input) => {
    const { UserName: name, Path: path = "/" } = input;
    const mark = madeFor(input.Tags);
    const existing = room.users.get(name);
    if (existing !== undefined && isMadeFor(existing, mark)) return { User: userView(existing) };
    if (room.users.taken(name)) throw alreadyExists("User", name);
    if (room.users.count() >= MAX_USERS) throw limitExceeded(`Cannot exceed quota for UsersPerAccount: ${MAX_USERS}`);
    const user: UserRecord = {
      name,
      path,
      id: `AIDA${room.ids.upper(ID_CHARACTERS)}`,
      arn: userArn(room, path, name),
      createdAt: room.clock.now(),
      ...boundaryOf(room, input.PermissionsBoundary),
      tags: tagsOf(input.Tags),
      ...mark,
      groups: [],
      inlinePolicies: [],
      attachedPolicies: [],
    };
    room.users.put(user);
    return { User: userView(user) };
  };

/** AWS: without a name it answers who calls, the root included. */
export const getUser =
  (room: Room): Operation<"GetUser"> =>
  async (ctx, { UserName }) => {
    if (UserName === undefined && ctx.principal.kind === "root") {
      const { userId, arn } = ctx.principal;
      return { User: { Path: "/", UserName: "", UserId: userId, Arn: arn, CreateDate: new Date(0) } };
    }
    return { User: userView(findUser(room, UserName ?? callingUser(ctx))) };
  };

export const listUsers =
  ({ users }: Room): Operation<"ListUsers"> =>
  async (_ctx, input) => {
    const wanted = [...users.list()].filter(({ path }) => path.startsWith(input.PathPrefix ?? "/"));
    const { items, paging } = page(wanted, input);
    return { Users: items.map(userListView), ...paging };
  };

/** Renames a user or moves it to another path; its id, policies, groups and keys stay. */
export const updateUser =
  (room: Room): Operation<"UpdateUser"> =>
  async (_ctx, { UserName, NewUserName, NewPath }) => {
    const user = findUser(room, UserName);
    const name = NewUserName ?? user.name;
    const path = NewPath ?? user.path;
    if (name.toLowerCase() !== user.name.toLowerCase() && room.users.taken(name)) throw alreadyExists("User", name);
    room.records.atomically(() => {
      room.users.remove(user.name);
      room.users.put({ ...user, name, path, arn: userArn(room, path, name) });
      for (const key of keysOf(room, user.name)) room.accessKeys.put(key.accessKeyId, { ...key, userName: name });
      for (const credential of serviceCredentialsOf(room, user.name))
        room.serviceCredentials.put(credential.id, { ...credential, userName: name });
      for (const { assigned, ...device } of devicesOf(room, user.name))
        room.mfaDevices.put(device.serialNumber, { ...device, assigned: { ...assigned, userName: name } });
    });
    return {};
  };

export const deleteUser =
  (room: Room): Operation<"DeleteUser"> =>
  async (_ctx, { UserName }) => {
    const user = findUser(room, UserName);
    if (user.groups.length > 0) throw deleteConflict("Cannot delete entity, must remove users from group first.");
    if (user.attachedPolicies.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
    if (user.inlinePolicies.length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
    if (keysOf(room, user.name).length > 0)
      throw deleteConflict("Cannot delete entity, must delete access keys first.");
    if (devicesOf(room, user.name).length > 0)
      throw deleteConflict("Cannot delete entity, must delete MFA device first.");
    if (serviceCredentialsOf(room, user.name).length > 0)
      throw deleteConflict("Cannot delete entity, must remove referenced objects first.");
    if (user.loginProfile) throw deleteConflict("Cannot delete entity, must delete login profile first.");
    room.users.remove(user.name);
    return {};
  };

export const putUserPermissionsBoundary =
  (room: Room): Operation<"PutUserPermissionsBoundary"> =>
  async (_ctx, { UserName, PermissionsBoundary }) => {
    room.users.put({ ...findUser(room, UserName), ...boundaryOf(room, PermissionsBoundary) });
    return {};
  };

export const deleteUserPermissionsBoundary =
  (room: Room): Operation<"DeleteUserPermissionsBoundary"> =>
  async (_ctx, { UserName }) => {
    const { boundaryArn, ...user } = findUser(room, UserName);
    if (boundaryArn === undefined)
      throw noSuchEntity(`User with name ${UserName} does not have a permissions boundary.`);
    room.users.put(user);
    return {};
  };

const userArn = ({ partition, account }: Room, path: string, name: string): string =>
  `arn:${partition}:iam::${account}:user${path}${name}`;
