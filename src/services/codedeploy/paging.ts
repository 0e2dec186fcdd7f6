import { invalidNextToken } from "./errors.ts";
import { PAGE_SIZE } from "./limits.ts";

/** One page of a list; the token is where the next begins. */
export const page = <T>(all: readonly T[], token: string | undefined) => {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0 || start > all.length) throw invalidNextToken();
  const items = all.slice(start, start + PAGE_SIZE);
  return start + PAGE_SIZE < all.length ? { items, nextToken: String(start + PAGE_SIZE) } : { items };
};
