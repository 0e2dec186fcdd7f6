import { parseArn } from "../../kernel/arn.ts";
import type { Context } from "../../kernel/context.ts";
import { known } from "../../kernel/errors.ts";
import { type RolePrincipal, rootOf } from "../../kernel/principal.ts";
import { validationError } from "./errors.ts";
import { DEFAULT_ROLE_SESSION_SECONDS } from "./limits.ts";
import type { Room } from "./room.ts";
import { passedPolicies, type SessionPolicyInput } from "./sessionPolicies.ts";
import { credentialsView } from "./views.ts";

export interface AssumableRole {
  readonly account: string;
  readonly arn: string;
  readonly name: string;
  readonly id: string;
  readonly maxSessionSeconds: number;
}

export const findRole = async ({ contextAs }: Room, arn: string): Promise<AssumableRole> => {
  const parsed = parseArn(arn);
  if (parsed?.service !== "iam" || !parsed.resource.startsWith("role/")) throw validationError(`${arn} is invalid`);
  const name = parsed.resource.slice(parsed.resource.lastIndexOf("/") + 1);
  const { Role } = await contextAs(rootOf(parsed.account)).call("iam", "GetRole", { RoleName: name });
  return {
    account: parsed.account,
    arn,
    name,
    id: known(Role?.RoleId, "the role's id"),
    maxSessionSeconds: Role?.MaxSessionDuration ?? DEFAULT_ROLE_SESSION_SECONDS,
  };
};

interface SessionInput extends SessionPolicyInput {
  readonly RoleSessionName: string;
  readonly DurationSeconds?: number | undefined;
}

type SessionOf = Pick<RolePrincipal, "sessionTags" | "transitiveTagKeys" | "sourceIdentity">;

/** Credentials of a new session of a role, as every way to assume one answers them. */
export const openSession = async (
  room: Room,
  ctx: Context,
  role: AssumableRole,
  input: SessionInput,
  more: SessionOf,
) => {
  const { RoleSessionName, DurationSeconds = DEFAULT_ROLE_SESSION_SECONDS } = input;
  if (DurationSeconds > role.maxSessionSeconds) {
    throw validationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  const { sessionPolicies, packedPercent } = await passedPolicies(room, role.account, input);
  const principal: RolePrincipal = {
    kind: "role",
    account: role.account,
    arn: `arn:${ctx.partition}:sts::${role.account}:assumed-role/${role.name}/${RoleSessionName}`,
    userId: `${role.id}:${RoleSessionName}`,
    roleArn: role.arn,
    roleName: role.name,
    sessionName: RoleSessionName,
    ...(sessionPolicies ? { sessionPolicies } : {}),
    ...more,
  };
  return {
    Credentials: credentialsView(room.credentialsFor(principal, DurationSeconds)),
    AssumedRoleUser: { AssumedRoleId: principal.userId, Arn: principal.arn },
    ...(packedPercent === undefined ? {} : { PackedPolicySize: packedPercent }),
    ...(principal.sourceIdentity === undefined ? {} : { SourceIdentity: principal.sourceIdentity }),
  };
};
