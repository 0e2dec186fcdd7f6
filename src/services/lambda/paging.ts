import { pagesByName } from "../../kernel/paging.ts";
import { invalidValue } from "./errors.ts";
import { DEFAULT_LIST_SIZE } from "./limits.ts";

const pageAt = pagesByName(() => invalidValue("Invalid Marker"));

interface Wanted {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** One page of a list of Lambda, and the member that tells where the next begins, if there is one. */
export const page = <T>(
  all: Iterable<T>,
  nameOf: (item: T) => string,
  { Marker, MaxItems = DEFAULT_LIST_SIZE }: Wanted,
) => {
  const { items, nextToken } = pageAt(all, nameOf, Marker, MaxItems);
  return { items, next: nextToken === undefined ? {} : { NextMarker: nextToken } };
};
