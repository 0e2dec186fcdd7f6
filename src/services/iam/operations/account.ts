import { entityExists, noSuchEntity } from "../errors.ts";
import {
  MAX_ACCESS_KEYS_PER_USER,
  MAX_ATTACHED_POLICIES,
  MAX_GROUPS,
  MAX_GROUPS_PER_USER,
  MAX_INLINE_POLICY_CHARACTERS,
  MAX_INSTANCE_PROFILES,
  MAX_MANAGED_POLICY_CHARACTERS,
  MAX_POLICIES,
  MAX_POLICY_VERSIONS,
  MAX_ROLES,
  MAX_TRUST_POLICY_CHARACTERS,
  MAX_USERS,
} from "../limits.ts";
import type { Operation, Room } from "../room.ts";

const ALIAS = "alias";
/** Policy versions of a whole account that may be in force; AWS counts them in its summary. */
const MAX_POLICY_VERSIONS_IN_USE = 10_000;
const SIGNING_CERTIFICATES_PER_USER = 2;

export const createAccountAlias =
  ({ settings }: Room): Operation<"CreateAccountAlias"> =>
  async (_ctx, { AccountAlias }) => {
    if (settings.get(ALIAS) === AccountAlias) throw entityExists(`The account alias ${AccountAlias} already exists.`);
    // AWS: an account has one alias; a new one takes the place of the old.
    settings.put(ALIAS, AccountAlias);
    return {};
  };

export const deleteAccountAlias =
  ({ settings }: Room): Operation<"DeleteAccountAlias"> =>
  async (_ctx, { AccountAlias }) => {
    if (settings.get(ALIAS) !== AccountAlias) {
      throw noSuchEntity(`The account alias ${AccountAlias} does not exist.`);
    }
    settings.delete(ALIAS);
    return {};
  };

export const listAccountAliases =
  ({ settings }: Room): Operation<"ListAccountAliases"> =>
  async () => {
    const alias = settings.get(ALIAS);
    return { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false };
  };

/** Counts and quotas of the account. */
export const getAccountSummary =
  (room: Room): Operation<"GetAccountSummary"> =>
  async () => ({
    SummaryMap: {
      Users: room.users.count(),
      UsersQuota: MAX_USERS,
      Groups: room.groups.count(),
      GroupsQuota: MAX_GROUPS,
      Roles: room.roles.count(),
      RolesQuota: MAX_ROLES,
      Policies: room.policies.count(),
      PoliciesQuota: MAX_POLICIES,
      PolicyVersionsInUse: versionsInUse(room),
      PolicyVersionsInUseQuota: MAX_POLICY_VERSIONS_IN_USE,
      InstanceProfiles: room.instanceProfiles.count(),
      InstanceProfilesQuota: MAX_INSTANCE_PROFILES,
      AccessKeysPerUserQuota: MAX_ACCESS_KEYS_PER_USER,
      AssumeRolePolicySizeQuota: MAX_TRUST_POLICY_CHARACTERS,
      AttachedPoliciesPerGroupQuota: MAX_ATTACHED_POLICIES,
      AttachedPoliciesPerRoleQuota: MAX_ATTACHED_POLICIES,
      AttachedPoliciesPerUserQuota: MAX_ATTACHED_POLICIES,
      GroupPolicySizeQuota: MAX_INLINE_POLICY_CHARACTERS.group,
      RolePolicySizeQuota: MAX_INLINE_POLICY_CHARACTERS.role,
      UserPolicySizeQuota: MAX_INLINE_POLICY_CHARACTERS.user,
      GroupsPerUserQuota: MAX_GROUPS_PER_USER,
      PolicySizeQuota: MAX_MANAGED_POLICY_CHARACTERS,
      VersionsPerPolicyQuota: MAX_POLICY_VERSIONS,
      SigningCertificatesPerUserQuota: SIGNING_CERTIFICATES_PER_USER,
      MFADevices: room.mfaDevices.count(),
      MFADevicesInUse: [...room.mfaDevices.range()].filter(({ value }) => value.assigned).length,
      Providers: 0,
      ServerCertificates: 0,
      AccountAccessKeysPresent: 1,
      AccountMFAEnabled: 0,
      AccountPasswordPresent: 0,
      AccountSigningCertificatesPresent: 0,
    },
  });

const versionsInUse = ({ policies }: Room): number =>
  [...policies.list()].reduce((sum, { versions }) => sum + versions.length, 0);
