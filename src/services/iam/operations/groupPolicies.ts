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

export const putGroupPolicy =
  (room: Room): Operation<"PutGroupPolicy"> =>
  async (_ctx, { GroupName, PolicyName, PolicyDocument }) => {
    putInlinePolicy(room, "group", GroupName, PolicyName, PolicyDocument);
    return {};
  };

export const getGroupPolicy =
  (room: Room): Operation<"GetGroupPolicy"> =>
  async (_ctx, { GroupName, PolicyName }) => ({
    GroupName,
    PolicyName,
    PolicyDocument: getInlinePolicy(room, "group", GroupName, PolicyName),
  });

export const deleteGroupPolicy =
  (room: Room): Operation<"DeleteGroupPolicy"> =>
  async (_ctx, { GroupName, PolicyName }) => {
    deleteInlinePolicy(room, "group", GroupName, PolicyName);
    return {};
  };

export const listGroupPolicies =
  (room: Room): Operation<"ListGroupPolicies"> =>
  async (_ctx, input) =>
    listInlinePolicies(room, "group", input.GroupName, input);

export const attachGroupPolicy =
  (room: Room): Operation<"AttachGroupPolicy"> =>
  async (_ctx, { GroupName, PolicyArn }) => {
    attachPolicy(room, "group", GroupName, PolicyArn);
    return {};
  };

export const detachGroupPolicy =
  (room: Room): Operation<"DetachGroupPolicy"> =>
  async (_ctx, { GroupName, PolicyArn }) => {
    detachPolicy(room, "group", GroupName, PolicyArn);
    return {};
  };

export const listAttachedGroupPolicies =
  (room: Room): Operation<"ListAttachedGroupPolicies"> =>
  async (_ctx, input) =>
    listAttachedPolicies(room, "group", input.GroupName, input);
