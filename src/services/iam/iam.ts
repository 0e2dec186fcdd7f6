import { passRole } from "../../kernel/authorization.ts";
import type { IamTable } from "../../kernel/service.ts";
import {
  boundary,
  onAll,
  onDevice,
  onGroup,
  onPath,
  onPolicy,
  onProfile,
  onProvider,
  onRole,
  onUser,
  policyArn,
  requestTags,
  tagKeys,
} from "./iamRequests.ts";
import type { Room } from "./room.ts";

const below = ({ PathPrefix }: { readonly PathPrefix?: string | undefined }) => ({ path: PathPrefix });

const newBoundary = ({ PermissionsBoundary }: { readonly PermissionsBoundary?: string | undefined }) =>
  boundary(PermissionsBoundary);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
const roles: IamTable<Room, "iam"> = {
  CreateRole: onPath(
    "CreateRole",
    "role",
    ({ Path, RoleName }) => ({ path: Path, name: RoleName }),
    (input) => ({ ...requestTags(input), ...newBoundary(input) }),
  ),
  GetRole: onRole("GetRole"),
  DeleteRole: onRole("DeleteRole"),
  ListRoles: onPath("ListRoles", "role", below),
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
  PutRolePermissionsBoundary: onRole("PutRolePermissionsBoundary", newBoundary),
  DeleteRolePermissionsBoundary: onRole("DeleteRolePermissionsBoundary"),
  TagRole: onRole("TagRole", requestTags),
  UntagRole: onRole("UntagRole", tagKeys),
  ListRoleTags: onRole("ListRoleTags"),
};

const users: IamTable<Room, "iam"> = {
  CreateUser: onPath(
    "CreateUser",
    "user",
    ({ Path, UserName }) => ({ path: Path, name: UserName }),
    (input) => ({ ...requestTags(input), ...newBoundary(input) }),
  ),
  GetUser: onUser("GetUser"),
  DeleteUser: onUser("DeleteUser"),
  ListUsers: onPath("ListUsers", "user", below),
  UpdateUser: onUser("UpdateUser"),
  PutUserPolicy: onUser("PutUserPolicy"),
  GetUserPolicy: onUser("GetUserPolicy"),
  DeleteUserPolicy: onUser("DeleteUserPolicy"),
  ListUserPolicies: onUser("ListUserPolicies"),
  AttachUserPolicy: onUser("AttachUserPolicy", policyArn),
  DetachUserPolicy: onUser("DetachUserPolicy", policyArn),
  ListAttachedUserPolicies: onUser("ListAttachedUserPolicies"),
  PutUserPermissionsBoundary: onUser("PutUserPermissionsBoundary", newBoundary),
  DeleteUserPermissionsBoundary: onUser("DeleteUserPermissionsBoundary"),
  TagUser: onUser("TagUser", requestTags),
  UntagUser: onUser("UntagUser", tagKeys),
  ListUserTags: onUser("ListUserTags"),
  CreateAccessKey: onUser("CreateAccessKey"),
  DeleteAccessKey: onUser("DeleteAccessKey"),
  ListAccessKeys: onUser("ListAccessKeys"),
  UpdateAccessKey: onUser("UpdateAccessKey"),
  // AWS: the resource is the user the key belongs to.
  GetAccessKeyLastUsed: (room, ctx, { AccessKeyId }) =>
    onUser("GetAccessKeyLastUsed")(room, ctx, { UserName: room.accessKeys.get(AccessKeyId)?.userName ?? "*" }),
  ChangePassword: (room, ctx) => onUser("ChangePassword")(room, ctx, {}),
  CreateServiceSpecificCredential: onUser("CreateServiceSpecificCredential"),
  UpdateServiceSpecificCredential: onUser("UpdateServiceSpecificCredential"),
  ResetServiceSpecificCredential: onUser("ResetServiceSpecificCredential"),
  DeleteServiceSpecificCredential: onUser("DeleteServiceSpecificCredential"),

  CreateLoginProfile: onUser("CreateLoginProfile"),
  GetLoginProfile: onUser("GetLoginProfile"),
  UpdateLoginProfile: onUser("UpdateLoginProfile"),
  DeleteLoginProfile: onUser("DeleteLoginProfile"),
  ListGroupsForUser: onUser("ListGroupsForUser"),
};

const groups: IamTable<Room, "iam"> = {
  CreateGroup: onPath("CreateGroup", "group", ({ Path, GroupName }) => ({ path: Path, name: GroupName })),
  GetGroup: onGroup("GetGroup"),
  DeleteGroup: onGroup("DeleteGroup"),
  ListGroups: onPath("ListGroups", "group", below),
  UpdateGroup: onGroup("UpdateGroup"),
  AddUserToGroup: onGroup("AddUserToGroup"),
  RemoveUserFromGroup: onGroup("RemoveUserFromGroup"),
  PutGroupPolicy: onGroup("PutGroupPolicy"),
  GetGroupPolicy: onGroup("GetGroupPolicy"),
  DeleteGroupPolicy: onGroup("DeleteGroupPolicy"),
  ListGroupPolicies: onGroup("ListGroupPolicies"),
  AttachGroupPolicy: onGroup("AttachGroupPolicy", policyArn),
  DetachGroupPolicy: onGroup("DetachGroupPolicy", policyArn),
  ListAttachedGroupPolicies: onGroup("ListAttachedGroupPolicies"),
};

const policies: IamTable<Room, "iam"> = {
  CreatePolicy: onPath(
    "CreatePolicy",
    "policy",
    ({ Path, PolicyName }) => ({ path: Path, name: PolicyName }),
    (input) => requestTags(input),
  ),
  GetPolicy: onPolicy("GetPolicy"),
  DeletePolicy: onPolicy("DeletePolicy"),
  ListPolicies: onAll("ListPolicies"),
  ListEntitiesForPolicy: onPolicy("ListEntitiesForPolicy"),
  CreatePolicyVersion: onPolicy("CreatePolicyVersion"),
  GetPolicyVersion: onPolicy("GetPolicyVersion"),
  DeletePolicyVersion: onPolicy("DeletePolicyVersion"),
  ListPolicyVersions: onPolicy("ListPolicyVersions"),
  SetDefaultPolicyVersion: onPolicy("SetDefaultPolicyVersion"),
  TagPolicy: onPolicy("TagPolicy", requestTags),
  UntagPolicy: onPolicy("UntagPolicy", tagKeys),
  ListPolicyTags: onPolicy("ListPolicyTags"),
};

const profiles: IamTable<Room, "iam"> = {
  CreateInstanceProfile: onPath(
    "CreateInstanceProfile",
    "instance-profile",
    ({ Path, InstanceProfileName }) => ({ path: Path, name: InstanceProfileName }),
    (input) => requestTags(input),
  ),
  GetInstanceProfile: onProfile("GetInstanceProfile"),
  DeleteInstanceProfile: onProfile("DeleteInstanceProfile"),
  ListInstanceProfiles: onPath("ListInstanceProfiles", "instance-profile", below),
  ListInstanceProfilesForRole: onRole("ListInstanceProfilesForRole"),
  TagInstanceProfile: onProfile("TagInstanceProfile", requestTags),
  UntagInstanceProfile: onProfile("UntagInstanceProfile", tagKeys),
  ListInstanceProfileTags: onProfile("ListInstanceProfileTags"),
  // AWS: whoever puts a role into a profile hands it to EC2.
  AddRoleToInstanceProfile: (room, ctx, input) => [
    onProfile("AddRoleToInstanceProfile")(room, ctx, input),
    passRole(onRole("PassRole")(room, ctx, input).resource, "ec2.amazonaws.com"),
  ],
  RemoveRoleFromInstanceProfile: onProfile("RemoveRoleFromInstanceProfile"),
};

const oidcProviders: IamTable<Room, "iam"> = {
  CreateOpenIDConnectProvider: onPath(
    "CreateOpenIDConnectProvider",
    "oidc-provider",
    ({ Url }) => ({ path: "/", name: Url.replace(/^https:\/\//i, "") }),
    (input) => requestTags(input),
  ),
  GetOpenIDConnectProvider: onProvider("GetOpenIDConnectProvider"),
  ListOpenIDConnectProviders: onAll("ListOpenIDConnectProviders"),
  DeleteOpenIDConnectProvider: onProvider("DeleteOpenIDConnectProvider"),
  UpdateOpenIDConnectProviderThumbprint: onProvider("UpdateOpenIDConnectProviderThumbprint"),
  AddClientIDToOpenIDConnectProvider: onProvider("AddClientIDToOpenIDConnectProvider"),
  RemoveClientIDFromOpenIDConnectProvider: onProvider("RemoveClientIDFromOpenIDConnectProvider"),
  TagOpenIDConnectProvider: onProvider("TagOpenIDConnectProvider", requestTags),
  UntagOpenIDConnectProvider: onProvider("UntagOpenIDConnectProvider", tagKeys),
  ListOpenIDConnectProviderTags: onProvider("ListOpenIDConnectProviderTags"),
};

const mfaDevices: IamTable<Room, "iam"> = {
  CreateVirtualMFADevice: onPath(
    "CreateVirtualMFADevice",
    "mfa",
    ({ Path, VirtualMFADeviceName }) => ({ path: Path, name: VirtualMFADeviceName }),
    (input) => requestTags(input),
  ),
  DeleteVirtualMFADevice: onDevice("DeleteVirtualMFADevice"),
  ListVirtualMFADevices: onAll("ListVirtualMFADevices"),
  EnableMFADevice: onUser("EnableMFADevice"),
  ResyncMFADevice: onUser("ResyncMFADevice"),
  DeactivateMFADevice: onUser("DeactivateMFADevice"),
  GetMFADevice: onUser("GetMFADevice"),
  ListMFADevices: onUser("ListMFADevices"),
  TagMFADevice: onDevice("TagMFADevice", requestTags),
  UntagMFADevice: onDevice("UntagMFADevice", tagKeys),
  ListMFADeviceTags: onDevice("ListMFADeviceTags"),
};

const account: IamTable<Room, "iam"> = {
  CreateAccountAlias: onAll("CreateAccountAlias"),
  DeleteAccountAlias: onAll("DeleteAccountAlias"),
  ListAccountAliases: onAll("ListAccountAliases"),
  GetAccountSummary: onAll("GetAccountSummary"),
  GenerateCredentialReport: onAll("GenerateCredentialReport"),
  GetCredentialReport: onAll("GetCredentialReport"),
  GetAccountPasswordPolicy: onAll("GetAccountPasswordPolicy"),
  UpdateAccountPasswordPolicy: onAll("UpdateAccountPasswordPolicy"),
  DeleteAccountPasswordPolicy: onAll("DeleteAccountPasswordPolicy"),
  SimulateCustomPolicy: onAll("SimulateCustomPolicy"),
  SimulatePrincipalPolicy: (_room, _ctx, input) => ({
    action: "iam:SimulatePrincipalPolicy",
    resource: input.PolicySourceArn,
  }),
  GetContextKeysForCustomPolicy: onAll("GetContextKeysForCustomPolicy"),
  GetContextKeysForPrincipalPolicy: (_room, _ctx, input) => ({
    action: "iam:GetContextKeysForPrincipalPolicy",
    resource: input.PolicySourceArn,
  }),
  CreateServiceLinkedRole: onPath(
    "CreateServiceLinkedRole",
    "role",
    ({ AWSServiceName }) => ({ path: `/aws-service-role/${AWSServiceName}/`, name: "*" }),
    ({ AWSServiceName }) => ({ "iam:AWSServiceName": AWSServiceName }),
  ),
  GetAccountAuthorizationDetails: onAll("GetAccountAuthorizationDetails"),
  ListSSHPublicKeys: onUser("ListSSHPublicKeys"),
  ListSigningCertificates: onUser("ListSigningCertificates"),
  ListServiceSpecificCredentials: onUser("ListServiceSpecificCredentials"),
  ListServerCertificates: onAll("ListServerCertificates"),
  ListSAMLProviders: onAll("ListSAMLProviders"),
  DeleteServiceLinkedRole: onRole("DeleteServiceLinkedRole"),
  GetServiceLinkedRoleDeletionStatus: onAll("GetServiceLinkedRoleDeletionStatus"),
};

export const iam: IamTable<Room, "iam"> = {
  ...roles,
  ...users,
  ...groups,
  ...policies,
  ...profiles,
  ...oidcProviders,
  ...mfaDevices,
  ...account,
};
