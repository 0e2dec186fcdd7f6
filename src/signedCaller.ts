import type { Authorizer, SignedCaller } from "./kernel/authorizer.ts";
import type { Authenticate } from "./wire/handle.ts";

/** Lets what answers at a front door ask of a request what every AWS call is asked: whose it is, and whether they may. */
export const createSignedCaller =
  (authenticate: Authenticate, authorizer: Authorizer): SignedCaller =>
  async (request, body, service, asking) => {
    const { principal } = authenticate(request, new URLSearchParams(request.rawQuery), service, body, true);
    const { ctx, requests } = asking(principal);
    await authorizer.authorize(ctx, requests);
    return principal;
  };
