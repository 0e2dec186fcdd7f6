import { NotImplemented } from "../../../kernel/errors.ts";
import { accessDenied } from "../errors.ts";
import { DEFAULT_SESSION_TOKEN_SECONDS, MAX_ROOT_SESSION_SECONDS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { credentialsView } from "../views.ts";

/** Temporary credentials of the caller itself. AWS: a session of a role gets none, and a root's last an hour at most. */
export const getSessionToken =
  (room: Room): Operation<"GetSessionToken"> =>
  async ({ principal }, { DurationSeconds, TokenCode }) => {
    if (TokenCode !== undefined) throw new NotImplemented("sts:GetSessionToken with TokenCode");
    const ownKey = principal.kind === "user" || principal.kind === "root";
    if (!ownKey || principal.accessKeyId?.startsWith("ASIA")) {
      throw accessDenied("Cannot call GetSessionToken with session credentials");
    }
    const wanted = DurationSeconds ?? DEFAULT_SESSION_TOKEN_SECONDS;
    const seconds = principal.kind === "root" ? Math.min(wanted, MAX_ROOT_SESSION_SECONDS) : wanted;
    return { Credentials: credentialsView(room.credentialsFor(principal, seconds)) };
  };
