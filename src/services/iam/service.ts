import * as model from "@aws-sdk/client-iam";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import {
  createAccessKey,
  deleteAccessKey,
  getAccessKeyLastUsed,
  listAccessKeys,
  updateAccessKey,
} from "./operations/accessKeys.ts";
import { createAccountAlias, deleteAccountAlias, getAccountSummary, listAccountAliases } from "./operations/account.ts";
import { getAccountAuthorizationDetails } from "./operations/accountDetails.ts";
import { createPolicy } from "./operations/createPolicy.ts";
import { createRole } from "./operations/createRole.ts";
import { generateCredentialReport, getCredentialReport } from "./operations/credentialReports.ts";
import { deletePolicy } from "./operations/deletePolicy.ts";
import { deleteRole } from "./operations/deleteRole.ts";
import {
  listSAMLProviders,
  listServerCertificates,
  listSigningCertificates,
  listSSHPublicKeys,
} from "./operations/emptyLists.ts";
import {
  addUserToGroup,
  createGroup,
  deleteGroup,
  getGroup,
  listGroups,
  listGroupsForUser,
  removeUserFromGroup,
  updateGroup,
} from "./operations/groups.ts";
import { groupPolicies, rolePolicies, userPolicies } from "./operations/holderPolicies.ts";
import {
  addRoleToInstanceProfile,
  createInstanceProfile,
  deleteInstanceProfile,
  getInstanceProfile,
  listInstanceProfiles,
  listInstanceProfilesForRole,
  listInstanceProfileTags,
  removeRoleFromInstanceProfile,
  tagInstanceProfile,
  untagInstanceProfile,
} from "./operations/instanceProfiles.ts";
import {
  changePassword,
  createLoginProfile,
  deleteLoginProfile,
  getLoginProfile,
  updateLoginProfile,
} from "./operations/loginProfiles.ts";
import {
  deactivateMFADevice,
  enableMFADevice,
  getMFADevice,
  listMFADevices,
  resyncMFADevice,
} from "./operations/mfaDevices.ts";
import {
  addClientIDToOpenIDConnectProvider,
  createOpenIDConnectProvider,
  deleteOpenIDConnectProvider,
  getOpenIDConnectProvider,
  listOpenIDConnectProviders,
  listOpenIDConnectProviderTags,
  removeClientIDFromOpenIDConnectProvider,
  tagOpenIDConnectProvider,
  untagOpenIDConnectProvider,
  updateOpenIDConnectProviderThumbprint,
} from "./operations/oidcProviders.ts";
import {
  deleteAccountPasswordPolicy,
  getAccountPasswordPolicy,
  updateAccountPasswordPolicy,
} from "./operations/passwordPolicy.ts";
import { createPolicyVersion, deletePolicyVersion, setDefaultPolicyVersion } from "./operations/policyVersions.ts";
import {
  getPolicy,
  getPolicyVersion,
  listEntitiesForPolicy,
  listPolicies,
  listPolicyVersions,
} from "./operations/readPolicies.ts";
import { getRole, listRoles } from "./operations/readRoles.ts";
import {
  createServiceSpecificCredential,
  deleteServiceSpecificCredential,
  listServiceSpecificCredentials,
  resetServiceSpecificCredential,
  updateServiceSpecificCredential,
} from "./operations/serviceCredentials.ts";
import {
  createServiceLinkedRole,
  deleteServiceLinkedRole,
  getServiceLinkedRoleDeletionStatus,
} from "./operations/serviceLinkedRoles.ts";
import {
  getContextKeysForCustomPolicy,
  getContextKeysForPrincipalPolicy,
  simulateCustomPolicy,
  simulatePrincipalPolicy,
} from "./operations/simulate.ts";
import {
  listMFADeviceTags,
  listPolicyTags,
  listRoleTags,
  listUserTags,
  tagMFADevice,
  tagPolicy,
  tagRole,
  tagUser,
  untagMFADevice,
  untagPolicy,
  untagRole,
  untagUser,
} from "./operations/tags.ts";
import {
  deleteRolePermissionsBoundary,
  putRolePermissionsBoundary,
  updateAssumeRolePolicy,
  updateRole,
  updateRoleDescription,
} from "./operations/updateRole.ts";
import {
  createUser,
  deleteUser,
  deleteUserPermissionsBoundary,
  getUser,
  listUsers,
  putUserPermissionsBoundary,
  updateUser,
} from "./operations/users.ts";
import {
  createVirtualMFADevice,
  deleteVirtualMFADevice,
  listVirtualMFADevices,
} from "./operations/virtualMfaDevices.ts";
import { accessKeyType } from "./resources/accessKey.ts";
import { groupType } from "./resources/group.ts";
import { groupPolicyType, rolePolicyType, userPolicyType } from "./resources/inlinePolicy.ts";
import { instanceProfileType } from "./resources/instanceProfile.ts";
import { managedPolicyType } from "./resources/managedPolicy.ts";
import { oidcProviderType } from "./resources/oidcProvider.ts";
import { policyType } from "./resources/policy.ts";
import { roleType } from "./resources/role.ts";
import { serviceLinkedRoleType } from "./resources/serviceLinkedRole.ts";
import { userType } from "./resources/user.ts";
import { userToGroupAdditionType } from "./resources/userToGroupAddition.ts";
import { virtualMfaDeviceType } from "./resources/virtualMfaDevice.ts";
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
    AddClientIDToOpenIDConnectProvider: addClientIDToOpenIDConnectProvider,
    AddRoleToInstanceProfile: addRoleToInstanceProfile,
    AddUserToGroup: addUserToGroup,
    AttachGroupPolicy: groupPolicies.attach,
    AttachRolePolicy: rolePolicies.attach,
    AttachUserPolicy: userPolicies.attach,
    ChangePassword: changePassword,
    CreateAccessKey: createAccessKey,
    CreateAccountAlias: createAccountAlias,
    CreateGroup: createGroup,
    CreateInstanceProfile: createInstanceProfile,
    CreateLoginProfile: createLoginProfile,
    CreateOpenIDConnectProvider: createOpenIDConnectProvider,
    CreatePolicy: createPolicy,
    CreatePolicyVersion: createPolicyVersion,
    CreateRole: createRole,
    CreateServiceLinkedRole: createServiceLinkedRole,
    CreateServiceSpecificCredential: createServiceSpecificCredential,
    CreateUser: createUser,
    CreateVirtualMFADevice: createVirtualMFADevice,
    DeactivateMFADevice: deactivateMFADevice,
    DeleteAccessKey: deleteAccessKey,
    DeleteAccountAlias: deleteAccountAlias,
    DeleteAccountPasswordPolicy: deleteAccountPasswordPolicy,
    DeleteGroup: deleteGroup,
    DeleteGroupPolicy: groupPolicies.delete,
    DeleteInstanceProfile: deleteInstanceProfile,
    DeleteLoginProfile: deleteLoginProfile,
    DeleteOpenIDConnectProvider: deleteOpenIDConnectProvider,
    DeletePolicy: deletePolicy,
    DeletePolicyVersion: deletePolicyVersion,
    DeleteRole: deleteRole,
    DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
    DeleteRolePolicy: rolePolicies.delete,
    DeleteServiceLinkedRole: deleteServiceLinkedRole,
    DeleteServiceSpecificCredential: deleteServiceSpecificCredential,
    DeleteUser: deleteUser,
    DeleteUserPermissionsBoundary: deleteUserPermissionsBoundary,
    DeleteUserPolicy: userPolicies.delete,
    DeleteVirtualMFADevice: deleteVirtualMFADevice,
    DetachGroupPolicy: groupPolicies.detach,
    DetachRolePolicy: rolePolicies.detach,
    DetachUserPolicy: userPolicies.detach,
    EnableMFADevice: enableMFADevice,
    GenerateCredentialReport: generateCredentialReport,
    GetAccessKeyLastUsed: getAccessKeyLastUsed,
    GetAccountAuthorizationDetails: getAccountAuthorizationDetails,
    GetAccountPasswordPolicy: getAccountPasswordPolicy,
    GetAccountSummary: getAccountSummary,
    GetContextKeysForCustomPolicy: getContextKeysForCustomPolicy,
    GetContextKeysForPrincipalPolicy: getContextKeysForPrincipalPolicy,
    GetCredentialReport: getCredentialReport,
    GetGroup: getGroup,
    GetGroupPolicy: groupPolicies.get,
    GetInstanceProfile: getInstanceProfile,
    GetLoginProfile: getLoginProfile,
    GetMFADevice: getMFADevice,
    GetOpenIDConnectProvider: getOpenIDConnectProvider,
    GetPolicy: getPolicy,
    GetPolicyVersion: getPolicyVersion,
    GetRole: getRole,
    GetRolePolicy: rolePolicies.get,
    GetServiceLinkedRoleDeletionStatus: getServiceLinkedRoleDeletionStatus,
    GetUser: getUser,
    GetUserPolicy: userPolicies.get,
    ListAccessKeys: listAccessKeys,
    ListAccountAliases: listAccountAliases,
    ListAttachedGroupPolicies: groupPolicies.listAttached,
    ListAttachedRolePolicies: rolePolicies.listAttached,
    ListAttachedUserPolicies: userPolicies.listAttached,
    ListEntitiesForPolicy: listEntitiesForPolicy,
    ListGroupPolicies: groupPolicies.list,
    ListGroups: listGroups,
    ListGroupsForUser: listGroupsForUser,
    ListInstanceProfileTags: listInstanceProfileTags,
    ListInstanceProfiles: listInstanceProfiles,
    ListInstanceProfilesForRole: listInstanceProfilesForRole,
    ListMFADeviceTags: listMFADeviceTags,
    ListMFADevices: listMFADevices,
    ListOpenIDConnectProviderTags: listOpenIDConnectProviderTags,
    ListOpenIDConnectProviders: listOpenIDConnectProviders,
    ListPolicies: listPolicies,
    ListPolicyTags: listPolicyTags,
    ListPolicyVersions: listPolicyVersions,
    ListRolePolicies: rolePolicies.list,
    ListRoleTags: listRoleTags,
    ListRoles: listRoles,
    ListSAMLProviders: listSAMLProviders,
    ListSSHPublicKeys: listSSHPublicKeys,
    ListServerCertificates: listServerCertificates,
    ListServiceSpecificCredentials: listServiceSpecificCredentials,
    ListSigningCertificates: listSigningCertificates,
    ListUserPolicies: userPolicies.list,
    ListUserTags: listUserTags,
    ListUsers: listUsers,
    ListVirtualMFADevices: listVirtualMFADevices,
    PutGroupPolicy: groupPolicies.put,
    PutRolePermissionsBoundary: putRolePermissionsBoundary,
    PutRolePolicy: rolePolicies.put,
    PutUserPermissionsBoundary: putUserPermissionsBoundary,
    PutUserPolicy: userPolicies.put,
    RemoveClientIDFromOpenIDConnectProvider: removeClientIDFromOpenIDConnectProvider,
    RemoveRoleFromInstanceProfile: removeRoleFromInstanceProfile,
    RemoveUserFromGroup: removeUserFromGroup,
    ResetServiceSpecificCredential: resetServiceSpecificCredential,
    ResyncMFADevice: resyncMFADevice,
    SetDefaultPolicyVersion: setDefaultPolicyVersion,
    SimulateCustomPolicy: simulateCustomPolicy,
    SimulatePrincipalPolicy: simulatePrincipalPolicy,
    TagInstanceProfile: tagInstanceProfile,
    TagMFADevice: tagMFADevice,
    TagOpenIDConnectProvider: tagOpenIDConnectProvider,
    TagPolicy: tagPolicy,
    TagRole: tagRole,
    TagUser: tagUser,
    UntagInstanceProfile: untagInstanceProfile,
    UntagMFADevice: untagMFADevice,
    UntagOpenIDConnectProvider: untagOpenIDConnectProvider,
    UntagPolicy: untagPolicy,
    UntagRole: untagRole,
    UntagUser: untagUser,
    UpdateAccessKey: updateAccessKey,
    UpdateAccountPasswordPolicy: updateAccountPasswordPolicy,
    UpdateAssumeRolePolicy: updateAssumeRolePolicy,
    UpdateGroup: updateGroup,
    UpdateLoginProfile: updateLoginProfile,
    UpdateOpenIDConnectProviderThumbprint: updateOpenIDConnectProviderThumbprint,
    UpdateRole: updateRole,
    UpdateRoleDescription: updateRoleDescription,
    UpdateServiceSpecificCredential: updateServiceSpecificCredential,
    UpdateUser: updateUser,
  },
  iam,
  resources: [
    roleType,
    policyType,
    managedPolicyType,
    rolePolicyType,
    userPolicyType,
    groupPolicyType,
    userType,
    groupType,
    userToGroupAdditionType,
    accessKeyType,
    instanceProfileType,
    oidcProviderType,
    serviceLinkedRoleType,
    virtualMfaDeviceType,
  ],
});
