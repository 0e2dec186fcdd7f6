import type { Collection } from "../../../store/records.ts";
import { validationError } from "../errors.ts";
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

interface PageInput {
  readonly tableArn: string | undefined;
  readonly limit: number;
  readonly token: string | undefined;
}

/** A page of transfers, of one table or of all. */
export const pageOf = <T extends Known>(transfers: Collection<T>, { tableArn, limit, token }: PageInput) => {
  const page: T[] = [];
  for (const { value } of transfers.range(token === undefined ? {} : { gt: arnOf(token) })) {
    if (tableArn !== undefined && value.tableArn !== tableArn) continue;
    if (page.length === limit) return { page, next: tokenOf(page) };
    page.push(value);
  }
  return { page, next: undefined };
};

/** AWS: the tokens of imports are hexadecimal, in groups of sixteen, and 112 characters long at least. */
const tokenOf = (page: readonly Known[]): string => {
  const arn = Buffer.from(page.at(-1)?.arn ?? "");
  const padded = Math.max(56, Math.ceil(arn.length / 8) * 8);
  return Buffer.concat([arn, Buffer.alloc(padded - arn.length, " ")]).toString("hex");
};

const arnOf = (token: string): string => {
  const arn = Buffer.from(token, "hex").toString().trimEnd();
  if (!arn.startsWith("arn:")) throw validationError("Invalid NextToken");
  return arn;
};
