import { findPolicy, findRole, findUser } from "../find.ts";
import { findVirtualDevice } from "../mfa/devices.ts";
import { page } from "../paging.ts";
import type { TagRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagged, untagged } from "../tags.ts";
import { tagView } from "../views.ts";

export const tagRole =
  (room: Room): Operation<"TagRole"> =>
  async (_ctx, { RoleName, Tags }) => {
    const role = findRole(room, RoleName);
    room.roles.put({ ...role, tags: tagged(role.tags, Tags) });
    return {};
  };

export const untagRole =
  (room: Room): Operation<"UntagRole"> =>
  async (_ctx, { RoleName, TagKeys }) => {
    const role = findRole(room, RoleName);
    room.roles.put({ ...role, tags: untagged(role.tags, TagKeys) });
    return {};
  };

export const listRoleTags =
  (room: Room): Operation<"ListRoleTags"> =>
  async (_ctx, input) =>
    listed(findRole(room, input.RoleName).tags, input);

export const tagUser =
  (room: Room): Operation<"TagUser"> =>
  async (_ctx, { UserName, Tags }) => {
    const user = findUser(room, UserName);
    room.users.put({ ...user, tags: tagged(user.tags, Tags) });
    return {};
  };

export const untagUser =
  (room: Room): Operation<"UntagUser"> =>
  async (_ctx, { UserName, TagKeys }) => {
    const user = findUser(room, UserName);
    room.users.put({ ...user, tags: untagged(user.tags, TagKeys) });
    return {};
  };

export const listUserTags =
  (room: Room): Operation<"ListUserTags"> =>
  async (_ctx, input) =>
    listed(findUser(room, input.UserName).tags, input);

export const tagPolicy =
  (room: Room): Operation<"TagPolicy"> =>
  async (_ctx, { PolicyArn, Tags }) => {
    const policy = findPolicy(room, PolicyArn);
    room.policies.put({ ...policy, tags: tagged(policy.tags, Tags) });
    return {};
  };

export const untagPolicy =
  (room: Room): Operation<"UntagPolicy"> =>
  async (_ctx, { PolicyArn, TagKeys }) => {
    const policy = findPolicy(room, PolicyArn);
    room.policies.put({ ...policy, tags: untagged(policy.tags, TagKeys) });
    return {};
  };

export const listPolicyTags =
  (room: Room): Operation<"ListPolicyTags"> =>
  async (_ctx, input) =>
    listed(findPolicy(room, input.PolicyArn).tags, input);

export const tagMFADevice =
  (room: Room): Operation<"TagMFADevice"> =>
  async (_ctx, { SerialNumber, Tags }) => {
    const device = findVirtualDevice(room, SerialNumber);
    room.mfaDevices.put(SerialNumber, { ...device, tags: tagged(device.tags, Tags) });
    return {};
  };

export const untagMFADevice =
  (room: Room): Operation<"UntagMFADevice"> =>
  async (_ctx, { SerialNumber, TagKeys }) => {
    const device = findVirtualDevice(room, SerialNumber);
    room.mfaDevices.put(SerialNumber, { ...device, tags: untagged(device.tags, TagKeys) });
    return {};
  };

export const listMFADeviceTags =
  (room: Room): Operation<"ListMFADeviceTags"> =>
  async (_ctx, input) =>
    listed(findVirtualDevice(room, input.SerialNumber).tags, input);

const listed = (tags: readonly TagRecord[], input: Parameters<typeof page>[1]) => {
  const { items, paging } = page(tags, input);
  return { Tags: items.map(tagView), ...paging };
};
