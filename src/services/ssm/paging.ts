import { invalidNextToken } from "./errors.ts";

interface Page<T> {
  readonly items: readonly T[];
  readonly NextToken?: string;
}

/** One page of a list; the token is where the next begins. */
export const page = <T>(all: readonly T[], token: string | undefined, size: number): Page<T> => {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0 || start > all.length) throw invalidNextToken();
  const items = all.slice(start, start + size);
  return start + size < all.length ? { items, NextToken: String(start + size) } : { items };
};
