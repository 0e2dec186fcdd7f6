import { pagesByPlace } from "../../kernel/paging.ts";
import { badRequest } from "./errors.ts";
import { DEFAULT_LIST_SIZE, MAX_LIST_SIZE } from "./limits.ts";

const pageAt = pagesByPlace(() => badRequest("Invalid position parameter specified"));

/** One page of a list; the token of the next is called its position. */
export const page = <T>(
  all: readonly T[],
  {
    position,
    limit = DEFAULT_LIST_SIZE,
  }: { readonly position?: string | undefined; readonly limit?: number | undefined },
) => {
  const { items, nextToken } = pageAt(all, position, Math.min(Math.max(limit, 1), MAX_LIST_SIZE));
  return { items, ...(nextToken === undefined ? {} : { position: nextToken }) };
};
