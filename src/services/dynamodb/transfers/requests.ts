import type { Collection } from "../../../store/records.ts";
import { TRANSFER_TOKEN_MS } from "../limits.ts";
import type { Room } from "../room.ts";

interface Known {
  readonly arn: string;
  readonly tableArn: string;
  readonly clientToken: string;
  readonly request: string;
  readonly startedAt: number;
}

/** The transfer a client's token stands for already. Throws `conflict()` when that was for another request. */
export const answeredBefore = <T extends Known>(
  transfers: Collection<T>,
  { request, token }: { readonly request: string; readonly token: string | undefined },
  now: number,
  conflict: () => Error,
): T | undefined => {
  if (token === undefined) return undefined;
  for (const { value } of transfers.range()) {
    if (value.clientToken !== token || value.startedAt + TRANSFER_TOKEN_MS <= now) continue;
    if (value.request !== request) throw conflict();
    return value;
  }
  return undefined;
};

/** AWS: the time it begins, in milliseconds, and eight digits of chance. */
export const transferId = ({ clock, ids }: Pick<Room, "clock" | "ids">): string =>
  `${String(clock.now()).padStart(14, "0")}-${ids.hex(8)}`;
