import { deleteConflict, entityExists, limitExceeded, noSuchEntity } from "../errors.ts";
import { findRole } from "../find.ts";
import { ID_CHARACTERS, MAX_INSTANCE_PROFILES } from "../limits.ts";
import { page } from "../paging.ts";
import type { InstanceProfileRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagged, tagsOf, untagged } from "../tags.ts";
import { instanceProfileView, tagView } from "../views.ts";

export const createInstanceProfile =
  (room: Room): Operation<"CreateInstanceProfile"> =>
  async (_ctx, input) => {
    const { InstanceProfileName: name, Path: path = "/" } = input;
    if (room.instanceProfiles.taken(name)) throw entityExists(`Instance Profile ${name} already exists.`);
    if (room.instanceProfiles.count() >= MAX_INSTANCE_PROFILES) {
      throw limitExceeded(`Cannot exceed quota for InstanceProfilesPerAccount: ${MAX_INSTANCE_PROFILES}`);
    }
    const profile: InstanceProfileRecord = {
      name,
      path,
      id: `AIPA${room.ids.upper(ID_CHARACTERS)}`,
      arn: `arn:${room.partition}:iam::${room.account}:instance-profile${path}${name}`,
      createdAt: room.clock.now(),
      tags: tagsOf(input.Tags),
    };
    room.instanceProfiles.put(profile);
    return { InstanceProfile: view(room, profile) };
  };

export const getInstanceProfile =
  (room: Room): Operation<"GetInstanceProfile"> =>
  async (_ctx, { InstanceProfileName }) => ({ InstanceProfile: view(room, findProfile(room, InstanceProfileName)) });

export const listInstanceProfiles =
  (room: Room): Operation<"ListInstanceProfiles"> =>
  async (_ctx, input) => {
    const wanted = [...room.instanceProfiles.list()].filter(({ path }) => path.startsWith(input.PathPrefix ?? "/"));
    const { items, paging } = page(wanted, input);
    return { InstanceProfiles: items.map((profile) => view(room, profile)), ...paging };
  };

export const listInstanceProfilesForRole =
  (room: Room): Operation<"ListInstanceProfilesForRole"> =>
  async (_ctx, input) => {
    const role = findRole(room, input.RoleName);
    const wanted = [...room.instanceProfiles.list()].filter(({ roleName }) => roleName === role.name);
    const { items, paging } = page(wanted, input);
    return { InstanceProfiles: items.map((profile) => view(room, profile)), ...paging };
  };

export const addRoleToInstanceProfile =
  (room: Room): Operation<"AddRoleToInstanceProfile"> =>
  async (_ctx, { InstanceProfileName, RoleName }) => {
    const profile = findProfile(room, InstanceProfileName);
    const role = findRole(room, RoleName);
    if (profile.roleName !== undefined)
      throw limitExceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
    room.instanceProfiles.put({ ...profile, roleName: role.name });
    return {};
  };

export const removeRoleFromInstanceProfile =
  (room: Room): Operation<"RemoveRoleFromInstanceProfile"> =>
  async (_ctx, { InstanceProfileName, RoleName }) => {
    const { roleName, ...profile } = findProfile(room, InstanceProfileName);
    if (roleName !== RoleName) throw noSuchEntity(`The role with name ${RoleName} cannot be found.`);
    room.instanceProfiles.put(profile);
    return {};
  };

export const deleteInstanceProfile =
  (room: Room): Operation<"DeleteInstanceProfile"> =>
  async (_ctx, { InstanceProfileName }) => {
    const profile = findProfile(room, InstanceProfileName);
    if (profile.roleName !== undefined) {
      throw deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
    }
    room.instanceProfiles.remove(profile.name);
    return {};
  };

export const tagInstanceProfile =
  (room: Room): Operation<"TagInstanceProfile"> =>
  async (_ctx, { InstanceProfileName, Tags }) => {
    const profile = findProfile(room, InstanceProfileName);
    room.instanceProfiles.put({ ...profile, tags: tagged(profile.tags, Tags) });
    return {};
  };

export const untagInstanceProfile =
  (room: Room): Operation<"UntagInstanceProfile"> =>
  async (_ctx, { InstanceProfileName, TagKeys }) => {
    const profile = findProfile(room, InstanceProfileName);
    room.instanceProfiles.put({ ...profile, tags: untagged(profile.tags, TagKeys) });
    return {};
  };

export const listInstanceProfileTags =
  (room: Room): Operation<"ListInstanceProfileTags"> =>
  async (_ctx, input) => {
    const { items, paging } = page(findProfile(room, input.InstanceProfileName).tags, input);
    return { Tags: items.map(tagView), ...paging };
  };

const findProfile = ({ instanceProfiles }: Room, name: string): InstanceProfileRecord => {
  const profile = instanceProfiles.get(name);
  if (!profile) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return profile;
};

const view = (room: Room, profile: InstanceProfileRecord) =>
  instanceProfileView(profile, profile.roleName === undefined ? undefined : room.roles.get(profile.roleName));
