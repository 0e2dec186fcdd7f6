import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { Principal } from "../../kernel/principal.ts";

/** What a service was allowed, by the request and the principal: as long as both are the same objects, so is the answer. */
const standing = new WeakMap<AuthorizationRequest, WeakSet<Principal>>();

/** Whether all of this has been allowed before, and nothing that could change the answer has changed. */
export const stands = (ctx: Context, requests: readonly AuthorizationRequest[]): boolean =>
  actsForItself(ctx) && requests.every((request) => standing.get(request)?.has(ctx.principal) ?? false);

/**
 * Remembers that a request was allowed. Only for services that act for themselves: no identity's policy speaks of them, so
 * what decides is the resource's own policy, which is a part of the request, as far as it does not ask for the time.
 */
export const keepStanding = (ctx: Context, request: AuthorizationRequest): void => {
  const known = standing.get(request);
  if (known) {
    if (actsForItself(ctx)) known.add(ctx.principal);
  } else if (actsForItself(ctx) && request.resourcePolicy && !ASKS_TIME.test(JSON.stringify(request.resourcePolicy)))
    standing.set(request, new WeakSet([ctx.principal]));
};

const ASKS_TIME = /aws:(CurrentTime|EpochTime)/i;

const actsForItself = ({ principal, sourceIp, userAgent, calledVia }: Context): boolean =>
  principal.kind === "service" && sourceIp === undefined && userAgent === undefined && calledVia === undefined;
