import { NotImplemented } from "../../../kernel/errors.ts";
import { longTermCaller } from "../longTermKey.ts";
import type { Operation, Room } from "../room.ts";
import { tokenSeconds } from "../tokenSeconds.ts";
import { credentialsView } from "../views.ts";

/** Temporary credentials of the caller itself. */
export const getSessionToken =
  (room: Room): Operation<"GetSessionToken"> =>
  async ({ principal }, input) => {
    if (input.TokenCode !== undefined) throw new NotImplemented("sts:GetSessionToken with TokenCode");
    const caller = longTermCaller(principal, "GetSessionToken");
    const session = { ...caller, session: {} };
    return { Credentials: credentialsView(room.credentialsFor(session, tokenSeconds(caller, input))) };
  };
