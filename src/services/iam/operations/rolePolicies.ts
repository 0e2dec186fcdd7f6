import {
  attachPolicy,
  deleteInlinePolicy,
  detachPolicy,
  getInlinePolicy,
  listAttachedPolicies,
  listInlinePolicies,
  putInlinePolicy,
} from "../holders.ts";
import type { Operation, Room } from "../room.ts";

export const putRolePolicy =
  (room: Room): Operation<"PutRolePolicy"> =>
  async (_ctx, { RoleName, PolicyName, PolicyDocument }) => {
    putInlinePolicy(room, "role", RoleName, PolicyName, PolicyDocument);
    return {};
  };

export const getRolePolicy =
  (room: Room): Operation<"GetRolePolicy"> =>
  async (_ctx, { RoleName, PolicyName }) => ({
    RoleName,
    PolicyName,
    PolicyDocument: getInlinePolicy(room, "role", RoleName, PolicyName),
  });

export const deleteRolePolicy =
  (room: Room): Operation<"DeleteRolePolicy"> =>
  async (_ctx, { RoleName, PolicyName }) => {
    deleteInlinePolicy(room, "role", RoleName, PolicyName);
    return {};
  };

export const listRolePolicies =
  (room: Room): Operation<"ListRolePolicies"> =>
  async (_ctx, input) =>
    listInlinePolicies(room, "role", input.RoleName, input);

export const attachRolePolicy =
  (room: Room): Operation<"AttachRolePolicy"> =>
  async (_ctx, { RoleName, PolicyArn }) => {
    attachPolicy(room, "role", RoleName, PolicyArn);
    return {};
  };

export const detachRolePolicy =
  (room: Room): Operation<"DetachRolePolicy"> =>
  async (_ctx, { RoleName, PolicyArn }) => {
    detachPolicy(room, "role", RoleName, PolicyArn);
    return {};
  };

export const listAttachedRolePolicies =
  (room: Room): Operation<"ListAttachedRolePolicies"> =>
  async (_ctx, input) =>
    listAttachedPolicies(room, "role", input.RoleName, input);
