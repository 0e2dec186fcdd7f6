import { parseArn } from "../../../kernel/arn.ts";
import { known, NotImplemented } from "../../../kernel/errors.ts";
import { type RolePrincipal, rootOf } from "../../../kernel/principal.ts";
import { validationError } from "../errors.ts";
import { DEFAULT_ROLE_SESSION_SECONDS, MAX_CHAINED_SESSION_SECONDS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { passedPolicies } from "../sessionPolicies.ts";
import { sessionTagsOf } from "../sessionTags.ts";
import { credentialsView } from "../views.ts";

/** By now the role's trust policy has been evaluated: that is this call's authorization. */
export const assumeRole =
  (room: Room): Operation<"AssumeRole"> =>
  async (ctx, input) => {
    if (input.TokenCode !== undefined) throw new NotImplemented("sts:AssumeRole with TokenCode");
    const role = await findRole(room, input.RoleArn);
    const duration = input.DurationSeconds ?? DEFAULT_ROLE_SESSION_SECONDS;
    if (ctx.principal.kind === "role" && duration > MAX_CHAINED_SESSION_SECONDS) {
      throw validationError(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
      );
    }
    if (duration > role.maxSessionSeconds) {
      throw validationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    const { sessionPolicies, packedPercent } = await passedPolicies(room, role.account, input);
    const tags = sessionTagsOf(ctx.principal, input);
    const principal: RolePrincipal = {
      kind: "role",
      account: role.account,
      arn: `arn:${ctx.partition}:sts::${role.account}:assumed-role/${role.name}/${input.RoleSessionName}`,
      userId: `${role.id}:${input.RoleSessionName}`,
      roleArn: role.arn,
      roleName: role.name,
      sessionName: input.RoleSessionName,
      ...(sessionPolicies ? { sessionPolicies } : {}),
      ...tags,
      ...sourceIdentityOf(ctx.principal, input.SourceIdentity),
    };
    return {
      Credentials: credentialsView(room.credentialsFor(principal, duration)),
      AssumedRoleUser: { AssumedRoleId: principal.userId, Arn: principal.arn },
      ...(packedPercent === undefined ? {} : { PackedPolicySize: packedPercent }),
      ...(principal.sourceIdentity === undefined ? {} : { SourceIdentity: principal.sourceIdentity }),
    };
  };

interface AssumableRole {
  readonly account: string;
  readonly arn: string;
  readonly name: string;
  readonly id: string;
  readonly maxSessionSeconds: number;
}

const findRole = async ({ contextAs }: Room, arn: string): Promise<AssumableRole> => {
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

/** AWS: once set, a source identity goes along with every further role assumed. */
const sourceIdentityOf = (caller: { readonly kind: string }, given: string | undefined) => {
  const inherited = "sourceIdentity" in caller ? caller.sourceIdentity : undefined;
  const identity = typeof inherited === "string" ? inherited : given;
  return identity === undefined ? {} : { sourceIdentity: identity };
};
