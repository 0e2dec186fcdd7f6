import { longTermCaller } from "../longTermKey.ts";
import { gaveSecondFactor } from "../mfa.ts";
import type { Operation, Room } from "../room.ts";
import { tokenSeconds } from "../tokenSeconds.ts";
import { credentialsView } from "../views.ts";

/** Temporary credentials of the caller itself, which remember whether it gave a second factor. */
export const getSessionToken =
  (room: Room): Operation<"GetSessionToken"> =>
  async ({ principal }, input) => {
    const caller = longTermCaller(principal, "GetSessionToken");
    const session = gaveSecondFactor(room, caller, input) ? { mfaAt: room.clock.now() } : {};
    return { Credentials: credentialsView(room.credentialsFor({ ...caller, session }, tokenSeconds(caller, input))) };
  };
