import { invalidMarker } from "./errors.ts";

/** One page of a list; the marker is where the next begins. */
export const page = <T>(all: readonly T[], marker: string | undefined, size: number) => {
  const start = marker === undefined ? 0 : Number(marker);
  if (!Number.isInteger(start) || start < 0 || start > all.length) throw invalidMarker();
  const items = all.slice(start, start + size);
  const Truncated = start + size < all.length;
  return { items, Truncated, ...(Truncated ? { NextMarker: String(start + size) } : {}) };
};
