import type { AuthorizationRequest } from "../../kernel/authorization.ts";

/** The actions that a role's trust policy decides. */
export const ASSUMES_ROLE = /^sts:(AssumeRole|TagSession|SetSourceIdentity)/;

/**
 * Whether a request can be denied even to an account's root: where a resource's own policy has its say.
 * Differs: on AWS a root may assume no role; here it may where the trust policy names its account.
 */
export const bindsRoot = ({ action, resourcePolicy, resourceAccount }: AuthorizationRequest): boolean =>
  resourcePolicy !== undefined || resourceAccount !== undefined || ASSUMES_ROLE.test(action);
