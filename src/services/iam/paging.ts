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

/** One page of a list; the marker is the place where the next one starts, made opaque. */
export const page = <T>(all: Iterable<T>, { Marker, MaxItems = DEFAULT_PAGE_SIZE }: PageInput): Page<T> => {
  const from = Marker === undefined ? 0 : openMarker(Marker);
  const items: T[] = [];
  let at = 0;
  for (const item of all) {
    if (items.length === MaxItems) return { items, paging: { IsTruncated: true, Marker: sealMarker(at) } };
    if (at >= from) items.push(item);
    at += 1;
  }
  return { items, paging: { IsTruncated: false } };
};

const sealMarker = (at: number): string => Buffer.from(`iam:${at}`).toString("base64url");

const openMarker = (marker: string): number => {
  const at = /^iam:(\d+)$/.exec(Buffer.from(marker, "base64url").toString())?.[1];
  if (at === undefined) throw validationError("Invalid Marker.");
  return Number(at);
};
