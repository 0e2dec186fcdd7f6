import { pagesByPlace } from "../../kernel/paging.ts";
import { invalidNextToken } from "./errors.ts";

const pageAt = pagesByPlace(invalidNextToken);

/** One page of a list of this service. */
export const page = <T>(all: readonly T[], token: string | undefined, size: number) => {
  const { items, nextToken } = pageAt(all, token, size);
  return { items, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
};
