import type { Principal, RootPrincipal, UserPrincipal } from "../../kernel/principal.ts";
import { accessDenied } from "./errors.ts";

/** The user or root that calls with a key of its own. AWS: what is temporary begets nothing further of its kind. */
export const longTermCaller = (principal: Principal, operation: string): RootPrincipal | UserPrincipal => {
  if ((principal.kind === "user" || principal.kind === "root") && principal.issuedAt === undefined) return principal;
  throw accessDenied(`Cannot call ${operation} with session credentials`);
};
