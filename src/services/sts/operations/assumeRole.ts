import { accessDenied, validationError } from "../errors.ts";
import { DEFAULT_ROLE_SESSION_SECONDS, MAX_CHAINED_SESSION_SECONDS } from "../limits.ts";
import { findRole, openSession } from "../roles.ts";
import type { Operation, Room } from "../room.ts";
import { sessionTagsOf } from "../sessionTags.ts";

/** By now the role's trust policy has been evaluated: that is this call's authorization. */
export const assumeRole =
  (room: Room): Operation<"AssumeRole"> =>
  async (ctx, input) => {
    // AWS: a guest may ask STS who it is, and nothing else.
    if (ctx.principal.kind === "federatedUser") {
      throw accessDenied(
        `User: ${ctx.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`,
      );
    }
    const role = await findRole(room, input.RoleArn);
    const duration = input.DurationSeconds ?? DEFAULT_ROLE_SESSION_SECONDS;
    if (ctx.principal.kind === "role" && duration > MAX_CHAINED_SESSION_SECONDS) {
      throw validationError(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
      );
    }
    return openSession(room, ctx, role, input, {
      ...sessionTagsOf(ctx.principal, input),
      ...sourceIdentityOf(ctx.principal, input.SourceIdentity),
    });
  };

/** AWS: once set, a source identity goes along with every further role assumed. */
const sourceIdentityOf = (caller: { readonly kind: string }, given: string | undefined) => {
  const inherited = "sourceIdentity" in caller ? caller.sourceIdentity : undefined;
  const identity = typeof inherited === "string" ? inherited : given;
  return identity === undefined ? {} : { sourceIdentity: identity };
};
