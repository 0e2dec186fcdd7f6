import type { Operation, Room } from "../room.ts";

/** Differs: AWS reads the account from the key's id; here all keys are of the account that is asked. */
export const getAccessKeyInfo =
  ({ account }: Pick<Room, "account">): Operation<"GetAccessKeyInfo"> =>
  async () => ({ Account: account });
