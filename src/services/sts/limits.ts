// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html

export const DEFAULT_ROLE_SESSION_SECONDS = 3_600;
/** A session of a role that itself was assumed. */
export const MAX_CHAINED_SESSION_SECONDS = 3_600;
export const DEFAULT_SESSION_TOKEN_SECONDS = 43_200;
/** Root's session tokens and federation tokens. */
export const MAX_ROOT_SESSION_SECONDS = 3_600;
export const MAX_SESSION_POLICY_ARNS = 10;
/** Characters of session policies and tags in the form AWS packs them; `PackedPolicySize` is the part of it used. */
export const MAX_PACKED_CHARACTERS = 2_048;
