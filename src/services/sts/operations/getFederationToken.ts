import type { FederatedUserPrincipal } from "../../../kernel/principal.ts";
import { federatedUserArn } from "../federation.ts";
import { longTermCaller } from "../longTermKey.ts";
import type { Operation, Room } from "../room.ts";
import { passedPolicies } from "../sessionPolicies.ts";
import { sessionTagsOf } from "../sessionTags.ts";
import { tokenSeconds } from "../tokenSeconds.ts";
import { credentialsView } from "../views.ts";

/** Credentials for somebody whom the caller lets in. AWS: without session policies they allow nothing by themselves. */
export const getFederationToken =
  (room: Room): Operation<"GetFederationToken"> =>
  async (ctx, input) => {
    const federatedBy = longTermCaller(ctx.principal, "GetFederationToken");
    const { sessionPolicies = [], packedPercent = 0 } = await passedPolicies(room, ctx.account, input);
    const principal: FederatedUserPrincipal = {
      kind: "federatedUser",
      account: ctx.account,
      arn: federatedUserArn(ctx, input.Name),
      userId: `${ctx.account}:${input.Name}`,
      federatedBy,
      sessionPolicies,
      ...sessionTagsOf(federatedBy, input),
    };
    return {
      Credentials: credentialsView(room.credentialsFor(principal, tokenSeconds(federatedBy, input))),
      FederatedUser: { FederatedUserId: principal.userId, Arn: principal.arn },
      PackedPolicySize: packedPercent,
    };
  };
