import { pagesByPlace } from "../../kernel/paging.ts";
import { invalidMarker } from "./errors.ts";

const pageAt = pagesByPlace(invalidMarker);

/** One page of a list of KMS, with the members that say whether more follows. */
export const page = <T>(all: readonly T[], marker: string | undefined, size: number) => {
  const { items, nextToken } = pageAt(all, marker, size);
  return { items, ...(nextToken === undefined ? { Truncated: false } : { Truncated: true, NextMarker: nextToken }) };
};
