import { pagesByName } from "../../kernel/paging.ts";
import { invalidValue } from "./errors.ts";

const pageAt = pagesByName(() => invalidValue("Invalid Marker"));

/** One page of a list of Lambda, whose tokens are called markers. */
export const page = <T>(all: Iterable<T>, nameOf: (item: T) => string, marker: string | undefined, size: number) => {
  const { items, nextToken } = pageAt(all, nameOf, marker, size);
  return { items, nextMarker: nextToken };
};
