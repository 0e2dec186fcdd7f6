import type { ServiceName } from "./aws.ts";
import type { Context } from "./context.ts";
import type { HttpRequest } from "./http.ts";
import type { JsonObject } from "./json.ts";
import type { Principal } from "./principal.ts";

/** What a call must be allowed: every request of an operation's list. */
export interface AuthorizationRequest {
  /** `secretsmanager:GetSecretValue` */
  readonly action: string;
  /** The ARN the action touches, or `*` where the action has no resource. */
  readonly resource: string;
  /** Condition keys beyond the global ones, by their name in policies: `secretsmanager:VersionStage`. */
  readonly conditions?: Readonly<Record<string, string | readonly string[]>>;
  /** The policy attached to the resource, where it has one. */
  readonly resourcePolicy?: JsonObject | undefined;
  /** The account that owns the resource; the caller's when absent. */
  readonly resourceAccount?: string;
}

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

/** What handing a role to a service must be allowed: `iam:PassRole`, for the rooms whose operations take a role's ARN. */
export const passRole = (roleArn: string, service: string): AuthorizationRequest => ({
  action: "iam:PassRole",
  resource: roleArn,
  conditions: { "iam:PassedToService": service },
});
