import type { JsonObject } from "./json.ts";

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

/** What handing a role to a service must be allowed: `iam:PassRole`, for the rooms whose operations take a role's ARN. */
export const passRole = (roleArn: string, service: string): AuthorizationRequest => ({
  action: "iam:PassRole",
  resource: roleArn,
  conditions: { "iam:PassedToService": service },
});
