import type { Writer } from "../../../engines/git/write.ts";
import type { Context } from "../../../kernel/context.ts";
import type { Principal } from "../../../kernel/principal.ts";
import { refusal } from "../errors.ts";
import { MAX_MESSAGE_BYTES, MAX_NAME } from "../limits.ts";
import type { Room } from "../room.ts";

/** Who is said to have written a commit. */
export interface Named {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** AWS: whoever gives no name is known by the name of the user or the session, and by no address. */
export const authorOf = (
  { clock }: Pick<Room, "clock">,
  { principal }: Context,
  { name, email = "" }: Named,
): Writer => {
  if (name !== undefined && name.length > MAX_NAME) throw refusal("NameLengthExceeded");
  if (email.length > MAX_NAME || /[<>\s]/.test(email)) throw refusal("InvalidEmail");
  return { name: name || nameOf(principal), email, date: `${Math.trunc(clock.now() / 1000)} +0000` };
};

const nameOf = (principal: Principal): string => {
  switch (principal.kind) {
    case "user":
      return principal.userName;
    case "role":
      return principal.sessionName;
    case "service":
      return principal.service;
    default:
      return principal.kind;
  }
};

/** The message that is given, or what stands for none. Throws for one that is too long. */
export const messageOf = (given: string | undefined, otherwise: string): string => {
  if (given !== undefined && Buffer.byteLength(given) > MAX_MESSAGE_BYTES) throw refusal("CommitMessageLengthExceeded");
  return given || otherwise;
};
