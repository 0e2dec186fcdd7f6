import { badRequest } from "./errors.ts";
import { DEFAULT_LIST_SIZE } from "./limits.ts";

/** One page of a list; the token is the place where the next begins. */
export const page = <T>(
  all: readonly T[],
  token: string | undefined,
  maxResults: string | undefined,
): { readonly items: T[]; readonly nextToken?: string } => {
  const start = token === undefined ? 0 : Number(token);
  const size = maxResults === undefined ? DEFAULT_LIST_SIZE : Number(maxResults);
  if (!Number.isInteger(start) || start < 0 || !Number.isInteger(size) || size < 1) {
    throw badRequest("Invalid pagination token or maximum of results specified");
  }
  const end = start + size;
  return { items: all.slice(start, end), ...(end < all.length ? { nextToken: String(end) } : {}) };
};
