import { boundaryOf } from "../boundaries.ts";
import { checkTrustPolicy } from "../documents.ts";
import { noSuchEntity } from "../errors.ts";
import { findOwnRole } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { roleView } from "../views.ts";

/** What is left out stays as it is. */
export const updateRole =
  (room: Pick<Room, "roles">): Operation<"UpdateRole"> =>
  async (_ctx, { RoleName, Description, MaxSessionDuration }) => {
    const role = findOwnRole(room, RoleName);
    room.roles.put({
      ...role,
      ...(Description === undefined ? {} : { description: Description }),
      ...(MaxSessionDuration === undefined ? {} : { maxSessionDurationSeconds: MaxSessionDuration }),
    });
    return {};
  };

export const updateRoleDescription =
  (room: Pick<Room, "roles">): Operation<"UpdateRoleDescription"> =>
  async (_ctx, { RoleName, Description }) => {
    const role = { ...findOwnRole(room, RoleName), description: Description };
    room.roles.put(role);
    return { Role: roleView(role) };
  };

export const updateAssumeRolePolicy =
  (room: Room): Operation<"UpdateAssumeRolePolicy"> =>
  async (_ctx, { RoleName, PolicyDocument }) => {
    const role = findOwnRole(room, RoleName);
    checkTrustPolicy(room, PolicyDocument);
    room.roles.put({ ...role, trustPolicy: PolicyDocument });
    return {};
  };

export const putRolePermissionsBoundary =
  (room: Room): Operation<"PutRolePermissionsBoundary"> =>
  async (_ctx, { RoleName, PermissionsBoundary }) => {
    room.roles.put({ ...findOwnRole(room, RoleName), ...boundaryOf(room, PermissionsBoundary) });
    return {};
  };

export const deleteRolePermissionsBoundary =
  (room: Pick<Room, "roles">): Operation<"DeleteRolePermissionsBoundary"> =>
  async (_ctx, { RoleName }) => {
    const { boundaryArn, ...role } = findOwnRole(room, RoleName);
    if (boundaryArn === undefined)
      throw noSuchEntity(`Role with name ${RoleName} does not have a permissions boundary.`);
    room.roles.put(role);
    return {};
  };
