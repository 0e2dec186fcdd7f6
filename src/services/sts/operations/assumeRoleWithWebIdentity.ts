import { parseArn } from "../../../kernel/arn.ts";
import type { FederatedPrincipal } from "../../../kernel/principal.ts";
import { validationError } from "../errors.ts";
import { findRole, openSession } from "../roles.ts";
import type { Operation, Room } from "../room.ts";
import { sessionTagsOf } from "../sessionTags.ts";
import { readIdentity } from "../webIdentity.ts";

/**
 * Lets whom an OpenID Connect provider of the role's account vouches for assume the role. Its trust policy is asked once the
 * token is known to be right.
 */
export const assumeRoleWithWebIdentity =
  (room: Room): Operation<"AssumeRoleWithWebIdentity"> =>
  async (ctx, input) => {
    const account = parseArn(input.RoleArn)?.account;
    if (!account) throw validationError(`${input.RoleArn} is invalid`);
    const identity = await readIdentity(room, account, input.WebIdentityToken);
    const caller: FederatedPrincipal = { kind: "federated", account, provider: identity.provider };
    const request = (action: string) => ({
      action: `sts:${action}`,
      resource: input.RoleArn,
      conditions: { ...identity.conditions, "sts:RoleSessionName": input.RoleSessionName },
    });
    await ctx
      .as(caller)
      .authorize([
        request("AssumeRoleWithWebIdentity"),
        ...(identity.tags.Tags.length > 0 ? [request("TagSession")] : []),
        ...(identity.sourceIdentity === undefined ? [] : [request("SetSourceIdentity")]),
      ]);
    const role = await findRole(room, input.RoleArn);
    const session = await openSession(room, ctx, role, input, {
      ...sessionTagsOf(caller, identity.tags),
      ...(identity.sourceIdentity === undefined ? {} : { sourceIdentity: identity.sourceIdentity }),
    });
    return {
      ...session,
      SubjectFromWebIdentityToken: identity.subject,
      Provider: identity.provider,
      Audience: identity.audience,
    };
  };
