import { pagesByPlace } from "../../kernel/paging.ts";
import { validationError } from "./errors.ts";
import { DEFAULT_PAGE_SIZE } from "./limits.ts";

interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly paging: { readonly IsTruncated: boolean; readonly Marker?: string };
}

const pageAt = pagesByPlace(() => validationError("Invalid Marker."));

/** One page of a list of IAM, with the members that say whether more follows. */
export const page = <T>(all: Iterable<T>, { Marker, MaxItems = DEFAULT_PAGE_SIZE }: PageInput): Page<T> => {
  const { items, nextToken } = pageAt(all, Marker, MaxItems);
  return { items, paging: nextToken === undefined ? { IsTruncated: false } : { IsTruncated: true, Marker: nextToken } };
};
