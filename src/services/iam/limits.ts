// Quotas of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html

/** Characters, white space not counted, of all inline policies of one identity. */
export const MAX_INLINE_POLICY_CHARACTERS = { role: 10_240, user: 2_048, group: 5_120 } as const;
export const MAX_MANAGED_POLICY_CHARACTERS = 6_144;
export const MAX_TRUST_POLICY_CHARACTERS = 2_048;
/** Managed policies attached to one identity. */
export const MAX_ATTACHED_POLICIES = 10;
export const MAX_POLICY_VERSIONS = 5;
export const MAX_TAGS = 50;
export const MAX_ACCESS_KEYS_PER_USER = 2;
export const MAX_MFA_DEVICES_PER_USER = 8;
/** Of one user for one service. */
export const MAX_SERVICE_CREDENTIALS = 2;
export const MAX_GROUPS_PER_USER = 10;
export const MAX_ROLES = 1_000;
export const MAX_USERS = 5_000;
export const MAX_GROUPS = 300;
export const MAX_POLICIES = 1_500;
export const MAX_INSTANCE_PROFILES = 1_000;
export const DEFAULT_PAGE_SIZE = 100;
export const DEFAULT_SESSION_DURATION_SECONDS = 3_600;
/** Random characters that follow the four letters of an id, such as `AROA`. */
export const ID_CHARACTERS = 17;
