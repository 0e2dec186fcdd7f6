import type { AuthorizationRequest } from "./authorization.ts";
import type { ServiceName } from "./aws.ts";
import type { Context } from "./context.ts";
import type { HttpRequest } from "./http.ts";
import type { Principal } from "./principal.ts";

/** Decides whether a context's principal may do what a call asks. Supplied by services/iam, joined in cloud.ts. */
export interface Authorizer {
  /** Throws AWS's AccessDenied of the service's protocol family when any request is not allowed. */
  authorize(ctx: Context, requests: readonly AuthorizationRequest[]): void | Promise<void>;
}

/**
 * Who stands behind a signed request that is no AWS call, such as one to an API whose routes ask for IAM: verifies the
 * signature for the service, then asks whether its sender may do what `asking` says. Throws AWS's refusal of either.
 */
export type SignedCaller = (
  request: HttpRequest,
  body: Buffer,
  service: ServiceName,
  asking: (principal: Principal) => { readonly ctx: Context; readonly requests: readonly AuthorizationRequest[] },
) => Promise<Principal>;
