import type { RootPrincipal, UserPrincipal } from "../../kernel/principal.ts";
import { DEFAULT_SESSION_TOKEN_SECONDS, MAX_ROOT_SESSION_SECONDS } from "./limits.ts";

/** How long a user's token lasts. AWS: a root that asks for more than an hour gets an hour. */
export const tokenSeconds = (
  { kind }: RootPrincipal | UserPrincipal,
  { DurationSeconds = DEFAULT_SESSION_TOKEN_SECONDS }: { readonly DurationSeconds?: number | undefined },
): number => (kind === "root" ? Math.min(DurationSeconds, MAX_ROOT_SESSION_SECONDS) : DurationSeconds);
