import type { VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Which keys of a bucket to list. */
export interface KeyQuery {
  readonly bucket: string;
  readonly prefix: string;
  /** Keys that share what comes before it, after the prefix, are rolled up into one common prefix. */
  readonly delimiter: string | undefined;
  /** The key or common prefix after which to begin. */
  readonly after: string;
  readonly limit: number;
}

/** One entry of a listing: a key, or what many keys have in common. */
export type Listed = { readonly version: VersionRecord } | { readonly commonPrefix: string };

export interface Page {
  readonly entries: readonly Listed[];
  /** The key or common prefix to go on after; undefined when this was all. */
  readonly next: string | undefined;
}

/** Greater than any character a key can go on with, in the order of UTF-8. */
const AFTER_ALL = "\u{10ffff}";

/** One page of a bucket's keys, in UTF-8 order, with only those kept that `keeps` says; reads no more than it gives. */
export const listKeys = (
  { objects }: Pick<Room, "objects">,
  query: KeyQuery,
  keeps: (version: VersionRecord) => boolean,
): Page => {
  const { bucket, prefix, delimiter, limit } = query;
  const entries: Listed[] = [];
  let last = "";
  let from = startOf(query);
  if (limit === 0) return { entries, next: undefined };
  for (;;) {
    let skipTo: string | undefined;
    for (const { value } of objects.range({ prefix: [bucket], ...from })) {
      if (!value.key.startsWith(prefix)) return { entries, next: undefined };
      if (!keeps(value)) continue;
      if (entries.length === limit) return { entries, next: last };
      const common = commonPrefixOf(value.key, prefix, delimiter);
      if (common === undefined) {
        entries.push({ version: value });
        last = value.key;
        continue;
      }
      entries.push({ commonPrefix: common });
      last = common;
      skipTo = common;
      break;
    }
    if (skipTo === undefined) return { entries, next: undefined };
    from = { gt: [bucket, skipTo + AFTER_ALL] };
  }
};

/** What a key shares with others, up to the first delimiter after the prefix. */
export const commonPrefixOf = (key: string, prefix: string, delimiter: string | undefined): string | undefined => {
  if (!delimiter) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
};

const startOf = ({ bucket, prefix, delimiter, after }: KeyQuery) => {
  if (after === "" || Buffer.compare(Buffer.from(after), Buffer.from(prefix)) < 0) return { gte: [bucket, prefix] };
  // AWS: a common prefix is listed once, be the marker itself or a key within it.
  const common = after.startsWith(prefix) ? commonPrefixOf(after, prefix, delimiter) : undefined;
  return { gt: [bucket, common === undefined ? after : common + AFTER_ALL] };
};
