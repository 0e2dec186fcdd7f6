import { parseArn } from "../../kernel/arn.ts";
import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";

const ASSUMES_ROLE = /^sts:(AssumeRole|TagSession|SetSourceIdentity)/;

/** Whether a role's trust policy decides a request. A guest of GetFederationToken can be tagged, too, and has none. */
export const asksTrust = ({ action, resource }: AuthorizationRequest): boolean =>
  ASSUMES_ROLE.test(action) && parseArn(resource)?.service !== "sts";

/**
 * Whether a request can be denied even to an account's root: where a resource's own policy has its say.
 * Differs: on AWS a root may assume no role; here it may where the trust policy names its account.
 */
const bindsRoot = (request: AuthorizationRequest): boolean =>
  request.resourcePolicy !== undefined || request.resourceAccount !== undefined || asksTrust(request);

/** Whether a caller is a root whom nothing binds: neither a resource's policy nor a session with less than its own key. */
export const isUnbound = ({ principal }: Context, requests: readonly AuthorizationRequest[]): boolean =>
  principal.kind === "root" && principal.session === undefined && !requests.some(bindsRoot);
