import * as model from "@aws-sdk/client-iam";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { createRole } from "./operations/createRole.ts";
import { deleteRole } from "./operations/deleteRole.ts";
import { getRole, listRoles } from "./operations/readRoles.ts";
import {
  attachRolePolicy,
  deleteRolePolicy,
  detachRolePolicy,
  getRolePolicy,
  listAttachedRolePolicies,
  listRolePolicies,
  putRolePolicy,
} from "./operations/rolePolicies.ts";
import {
  deleteRolePermissionsBoundary,
  putRolePermissionsBoundary,
  updateAssumeRolePolicy,
  updateRole,
  updateRoleDescription,
} from "./operations/updateRole.ts";
import { openRoom, type Room } from "./room.ts";

/** AWS Identity and Access Management. */
export default defineService<Room, "iam">({
  name: "iam",
  model,
  scope: "account",
  constraints,
  validationErrorCode: "ValidationError",
  open: openRoom,
  operations: {
    AttachRolePolicy: attachRolePolicy,
    CreateRole: createRole,
    DeleteRole: deleteRole,
    DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
    DeleteRolePolicy: deleteRolePolicy,
    DetachRolePolicy: detachRolePolicy,
    GetRole: getRole,
    GetRolePolicy: getRolePolicy,
    ListAttachedRolePolicies: listAttachedRolePolicies,
    ListRolePolicies: listRolePolicies,
    ListRoles: listRoles,
    PutRolePermissionsBoundary: putRolePermissionsBoundary,
    PutRolePolicy: putRolePolicy,
    UpdateAssumeRolePolicy: updateAssumeRolePolicy,
    UpdateRole: updateRole,
    UpdateRoleDescription: updateRoleDescription,
  },
  iam,
});
