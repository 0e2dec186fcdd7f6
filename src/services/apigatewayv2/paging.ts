import { pagesByPlace } from "../../kernel/paging.ts";
import { badRequest } from "./errors.ts";
import { DEFAULT_LIST_SIZE } from "./limits.ts";

const refusal = () => badRequest("Invalid pagination token or maximum of results specified");

const pageAt = pagesByPlace(refusal);

/** One page of a list of this service; AWS takes the size as text. */
export const page = <T>(all: readonly T[], token: string | undefined, maxResults: string | undefined) => {
  const size = maxResults === undefined ? DEFAULT_LIST_SIZE : Number(maxResults);
  if (!Number.isInteger(size) || size < 1) throw refusal();
  return pageAt(all, token, size);
};
