import { notFound, policyNotFound, unmodifiable } from "./errors.ts";
import type { GroupRecord, PolicyRecord, RoleRecord, UserRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const findRole = ({ roles }: Pick<Room, "roles">, name: string): RoleRecord => {
  const role = roles.get(name);
  if (!role) throw notFound("role", name);
  return role;
};

/** The same for what changes a role: those linked to a service only that service may change. */
export const findOwnRole = (room: Pick<Room, "roles">, name: string): RoleRecord => {
  const role = findRole(room, name);
  if (role.linkedService === undefined) return role;
  throw unmodifiable(
    `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
  );
};

export const findUser = ({ users }: Pick<Room, "users">, name: string): UserRecord => {
  const user = users.get(name);
  if (!user) throw notFound("user", name);
  return user;
};

export const findGroup = ({ groups }: Pick<Room, "groups">, name: string): GroupRecord => {
  const group = groups.get(name);
  if (!group) throw notFound("group", name);
  return group;
};

/** A managed policy of the account's own, by its ARN. */
export const findPolicy = ({ policies }: Pick<Room, "policies">, arn: string): PolicyRecord => {
  const policy = policies.get(arn.slice(arn.lastIndexOf("/") + 1));
  if (policy?.arn !== arn) throw policyNotFound(arn);
  return policy;
};
