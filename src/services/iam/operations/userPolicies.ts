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

export const putUserPolicy =
  (room: Room): Operation<"PutUserPolicy"> =>
  async (_ctx, { UserName, PolicyName, PolicyDocument }) => {
    putInlinePolicy(room, "user", UserName, PolicyName, PolicyDocument);
    return {};
  };

export const getUserPolicy =
  (room: Room): Operation<"GetUserPolicy"> =>
  async (_ctx, { UserName, PolicyName }) => ({
    UserName,
    PolicyName,
    PolicyDocument: getInlinePolicy(room, "user", UserName, PolicyName),
  });

export const deleteUserPolicy =
  (room: Room): Operation<"DeleteUserPolicy"> =>
  async (_ctx, { UserName, PolicyName }) => {
    deleteInlinePolicy(room, "user", UserName, PolicyName);
    return {};
  };

export const listUserPolicies =
  (room: Room): Operation<"ListUserPolicies"> =>
  async (_ctx, input) =>
    listInlinePolicies(room, "user", input.UserName, input);

export const attachUserPolicy =
  (room: Room): Operation<"AttachUserPolicy"> =>
  async (_ctx, { UserName, PolicyArn }) => {
    attachPolicy(room, "user", UserName, PolicyArn);
    return {};
  };

export const detachUserPolicy =
  (room: Room): Operation<"DetachUserPolicy"> =>
  async (_ctx, { UserName, PolicyArn }) => {
    detachPolicy(room, "user", UserName, PolicyArn);
    return {};
  };

export const listAttachedUserPolicies =
  (room: Room): Operation<"ListAttachedUserPolicies"> =>
  async (_ctx, input) =>
    listAttachedPolicies(room, "user", input.UserName, input);
