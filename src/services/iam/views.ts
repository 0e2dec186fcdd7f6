import type { PermissionsBoundaryAttachmentType } from "@aws-sdk/client-iam";
import type { GroupRecord, InstanceProfileRecord, RoleRecord, TagRecord, UserRecord } from "./records.ts";
import type { UsageRecord } from "./usage.ts";

/** A role as GetRole answers it; lists leave out tags, the boundary and when it was last used. */
export const roleView = (role: RoleRecord) => ({
  ...roleListView(role),
  ...boundaryView(role.boundaryArn),
  ...(role.tags.length === 0 ? {} : { Tags: role.tags.map(tagView) }),
});

/** AWS: CreateRole says how long its sessions may last only to who told it. */
export const createdRoleView = (role: RoleRecord, sessionDuration: number | undefined) => {
  const { MaxSessionDuration: _, ...view } = roleView(role);
  return sessionDuration === undefined ? view : { ...view, MaxSessionDuration: sessionDuration };
};

export const roleDetailView = (role: RoleRecord, usage: UsageRecord | undefined) => ({
  ...roleView(role),
  RoleLastUsed: usage ? { LastUsedDate: new Date(usage.at), Region: usage.region } : {},
});

export const roleListView = (role: RoleRecord) => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: new Date(role.createdAt),
  AssumeRolePolicyDocument: encodedDocument(role.trustPolicy),
  ...(role.description === undefined ? {} : { Description: role.description }),
  MaxSessionDuration: role.maxSessionDurationSeconds,
});

export const userView = (user: UserRecord) => ({
  ...userListView(user),
  ...boundaryView(user.boundaryArn),
  ...(user.tags.length === 0 ? {} : { Tags: user.tags.map(tagView) }),
});

export const userListView = (user: UserRecord) => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: user.arn,
  CreateDate: new Date(user.createdAt),
});

export const groupView = (group: GroupRecord) => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: group.arn,
  CreateDate: new Date(group.createdAt),
});

export const instanceProfileView = (profile: InstanceProfileRecord, role: RoleRecord | undefined) => ({
  Path: profile.path,
  InstanceProfileName: profile.name,
  InstanceProfileId: profile.id,
  Arn: profile.arn,
  CreateDate: new Date(profile.createdAt),
  Roles: role ? [roleListView(role)] : [],
  ...(profile.tags.length === 0 ? {} : { Tags: profile.tags.map(tagView) }),
});

export const tagView = ({ key, value }: TagRecord) => ({ Key: key, Value: value });

/** What AWS answers; its model knows only another word, so the type is set aside. */
const BOUNDARY_TYPE = "Policy" as PermissionsBoundaryAttachmentType;

const boundaryView = (boundaryArn: string | undefined) =>
  boundaryArn === undefined
    ? {}
    : {
        PermissionsBoundary: {
          PermissionsBoundaryType: BOUNDARY_TYPE,
          PermissionsBoundaryArn: boundaryArn,
        },
      };

/** AWS: documents come back percent-encoded as RFC 3986 has it. */
export const encodedDocument = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
