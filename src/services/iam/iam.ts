import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { IamTable } from "../../kernel/service.ts";
import type { TagRecord } from "./records.ts";
import type { Room } from "./room.ts";

type Conditions = Readonly<Record<string, string | readonly string[]>>;

interface TagInput {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
const onRole =
  <I extends { readonly RoleName: string }>(action: string, conditions?: (input: I) => Conditions) =>
  (room: Room, _ctx: unknown, input: I): AuthorizationRequest => {
    const role = room.roles.get(input.RoleName);
    return {
      action: `iam:${action}`,
      resource: role?.arn ?? arnOf(room, "role", "/", input.RoleName),
      conditions: {
        ...resourceTags(role?.tags ?? []),
        ...(role?.boundaryArn === undefined ? {} : { "iam:PermissionsBoundary": role.boundaryArn }),
        ...conditions?.(input),
      },
    };
  };

const policyArn = ({ PolicyArn }: { readonly RoleName: string; readonly PolicyArn: string }): Conditions => ({
  "iam:PolicyARN": PolicyArn,
});

export const iam: IamTable<Room, "iam"> = {
  CreateRole: (room, _ctx, input) => ({
    action: "iam:CreateRole",
    resource: arnOf(room, "role", input.Path ?? "/", input.RoleName),
    conditions: { ...requestTags(input.Tags), ...boundary(input.PermissionsBoundary) },
  }),
  GetRole: onRole("GetRole"),
  DeleteRole: onRole("DeleteRole"),
  ListRoles: (room, _ctx, input) => ({
    action: "iam:ListRoles",
    resource: arnOf(room, "role", input.PathPrefix ?? "/", ""),
  }),
  UpdateRole: onRole("UpdateRole"),
  UpdateRoleDescription: onRole("UpdateRoleDescription"),
  UpdateAssumeRolePolicy: onRole("UpdateAssumeRolePolicy"),
  PutRolePolicy: onRole("PutRolePolicy"),
  GetRolePolicy: onRole("GetRolePolicy"),
  DeleteRolePolicy: onRole("DeleteRolePolicy"),
  ListRolePolicies: onRole("ListRolePolicies"),
  AttachRolePolicy: onRole("AttachRolePolicy", policyArn),
  DetachRolePolicy: onRole("DetachRolePolicy", policyArn),
  ListAttachedRolePolicies: onRole("ListAttachedRolePolicies"),
  PutRolePermissionsBoundary: onRole(
    "PutRolePermissionsBoundary",
    ({ PermissionsBoundary }: { readonly RoleName: string; readonly PermissionsBoundary: string }) =>
      boundary(PermissionsBoundary),
  ),
  DeleteRolePermissionsBoundary: onRole("DeleteRolePermissionsBoundary"),
};

const arnOf = ({ partition, account }: Room, kind: string, path: string, name: string): string =>
  `arn:${partition}:iam::${account}:${kind}${path}${name}`;

const boundary = (arn: string | undefined): Conditions => (arn === undefined ? {} : { "iam:PermissionsBoundary": arn });

const requestTags = (tags: readonly TagInput[] | undefined): Conditions => ({
  ...Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, Value])),
  ...(tags === undefined ? {} : { "aws:TagKeys": tags.map(({ Key = "" }) => Key) }),
});

const resourceTags = (tags: readonly TagRecord[]): Conditions =>
  Object.fromEntries(
    tags.flatMap(({ key, value }) => [
      [`aws:ResourceTag/${key}`, value],
      [`iam:ResourceTag/${key}`, value],
    ]),
  );
