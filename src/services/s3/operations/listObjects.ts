import { httpHeaders } from "../../../kernel/operation.ts";
import { sealName } from "../../../kernel/paging.ts";
import { restoreStatusView } from "../archive/archived.ts";
import { keyEncoding } from "../encoding.ts";
import { invalidArgument } from "../errors.ts";
import { findBucket } from "../find.ts";
import { ownerView } from "../grants.ts";
import { MAX_PAGE_SIZE } from "../limits.ts";
import { type Listed, listKeys } from "../listing.ts";
import { ownerOf } from "../ownership.ts";
import { openToken } from "../paging.ts";
import type { BucketRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { listedView } from "../views.ts";

export const listObjects =
  (room: Pick<Room, "buckets" | "objects" | "clock">): Operation<"ListObjects"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    const encode = keyEncoding(input.EncodingType);
    const { entries, next } = pageOf(room, input, input.Marker ?? "");
    return {
      ...regionHeader(bucket),
      ...querySaid(input, encode),
      ...contentsView(entries, encode, {
        // AWS: whose objects are is not told to nobody.
        ...(ctx.principal.kind === "anonymous" ? {} : { bucket }),
        ...restoreStatusAsked(room, input),
      }),
      MaxKeys: pageSize(input.MaxKeys),
      Marker: encode(input.Marker ?? ""),
      IsTruncated: next !== undefined,
      // AWS: only said with a delimiter; without, the last key is the marker.
      ...(next !== undefined && input.Delimiter ? { NextMarker: encode(next) } : {}),
    };
  };

export const listObjectsV2 =
  (room: Pick<Room, "buckets" | "objects" | "clock">): Operation<"ListObjectsV2"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    const encode = keyEncoding(input.EncodingType);
    const { ContinuationToken, StartAfter } = input;
    const after = ContinuationToken === undefined ? (StartAfter ?? "") : openToken(ContinuationToken);
    const { entries, next } = pageOf(room, input, after);
    return {
      ...regionHeader(bucket),
      ...querySaid(input, encode),
      ...contentsView(entries, encode, {
        ...(input.FetchOwner ? { bucket } : {}),
        ...restoreStatusAsked(room, input),
      }),
      MaxKeys: pageSize(input.MaxKeys),
      KeyCount: entries.length,
      IsTruncated: next !== undefined,
      ...(ContinuationToken === undefined ? StartAfter && { StartAfter: encode(StartAfter) } : { ContinuationToken }),
      ...(next === undefined ? {} : { NextContinuationToken: sealName(next) }),
    };
  };

/** AWS: where the bucket is, as HeadBucket tells it. */
const regionHeader = ({ region }: BucketRecord) => ({ [httpHeaders]: { "x-amz-bucket-region": region } });

interface Query {
  readonly Bucket: string;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly EncodingType?: "url" | undefined;
  readonly MaxKeys?: number | undefined;
}

const pageOf = (room: Pick<Room, "objects">, query: Query, after: string) =>
  listKeys(
    room,
    {
      bucket: query.Bucket,
      prefix: query.Prefix ?? "",
      delimiter: query.Delimiter,
      after,
      limit: pageSize(query.MaxKeys),
    },
    ({ kind }) => kind === "object",
  );

/** How many entries a page holds: as many as asked, and at most a thousand. */
export const pageSize = (asked: number | undefined): number => {
  if (asked !== undefined && (!Number.isInteger(asked) || asked < 0)) {
    throw invalidArgument("Argument maxKeys must be an integer between 0 and 2147483647", "max-keys", String(asked));
  }
  return Math.min(asked ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE);
};

const querySaid = ({ Bucket, Prefix, Delimiter, EncodingType }: Query, encode: (text: string) => string) => ({
  Name: Bucket,
  Prefix: encode(Prefix ?? ""),
  ...(Delimiter ? { Delimiter: encode(Delimiter) } : {}),
  ...(EncodingType === undefined ? {} : { EncodingType }),
});

/** AWS: restorations are told of to those who ask for them. */
export const restoreStatusAsked = (
  { clock }: Pick<Room, "clock">,
  { OptionalObjectAttributes: asked }: { readonly OptionalObjectAttributes?: readonly string[] | undefined },
): { readonly now?: number } => (asked?.includes("RestoreStatus") ? { now: clock.now() } : {});

const contentsView = (
  entries: readonly Listed[],
  encode: (text: string) => string,
  { bucket, now }: { readonly bucket?: BucketRecord; readonly now?: number },
) => {
  const contents = entries.flatMap((entry) => {
    if (!("version" in entry) || entry.version.kind !== "object") return [];
    const view = listedView(entry.version);
    const status = now === undefined ? {} : restoreStatusView(entry.version, now);
    return [
      {
        ...view,
        Key: encode(view.Key),
        ...(bucket ? { Owner: ownerView(ownerOf(bucket, entry.version)) } : {}),
        ...status,
      },
    ];
  });
  const prefixes = entries.flatMap((entry) =>
    "commonPrefix" in entry ? [{ Prefix: encode(entry.commonPrefix) }] : [],
  );
  return {
    ...(contents.length === 0 ? {} : { Contents: contents }),
    ...(prefixes.length === 0 ? {} : { CommonPrefixes: prefixes }),
  };
};
