import { badRequest } from "./errors.ts";
import { DEFAULT_LIST_SIZE, MAX_LIST_SIZE } from "./limits.ts";

/** One page of a list; the position is the place where the next begins. */
export const page = <T>(
  all: readonly T[],
  { position, limit }: { readonly position?: string | undefined; readonly limit?: number | undefined },
): { readonly items: T[]; readonly position?: string } => {
  const start = position === undefined ? 0 : Number(position);
  if (!Number.isInteger(start) || start < 0) throw badRequest("Invalid position parameter specified");
  const size = Math.min(Math.max(limit ?? DEFAULT_LIST_SIZE, 1), MAX_LIST_SIZE);
  const items = all.slice(start, start + size);
  return { items, ...(start + size < all.length ? { position: String(start + size) } : {}) };
};
