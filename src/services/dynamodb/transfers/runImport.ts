import { Readable } from "node:stream";
import type { Call } from "../../../kernel/context.ts";
import { AwsError } from "../../../kernel/errors.ts";
import { abandon, publish } from "../backupCopies.ts";
import { keyFromItem } from "../items/keys.ts";
import { readStored, writeStored } from "../items/store.ts";
import { toStore } from "../items/storedItem.ts";
import type { TableRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { failureOf } from "./failure.ts";
import { ionItems } from "./ion.ts";
import { csvItems, jsonItems, type ParsedItem } from "./parse.ts";
import type { ImportRecord } from "./records.ts";
import { unpacked } from "./unpack.ts";

/** Items written in one turn. */
const SLICE = 100;

/** Fills a new table with a bucket's items, as the one who asked for it. The table is there once all of them are. */
export const runImport = async (room: Room, call: Call, table: TableRecord, asked: ImportRecord): Promise<void> => {
  const progress: Progress = { processedBytes: 0, processedItems: 0, importedItems: 0, errors: 0 };
  const { imports } = room.transfers;
  room.backups.restoring.put(table.id, table);
  try {
    for await (const Key of keysOf(call, asked)) {
      const bytes = await bytesOf(call, asked, Key);
      await writeAll(room, table, counted(itemsIn(bytes, asked, table), progress), progress);
    }
    const outcome =
      progress.errors > 0
        ? ({ status: "FAILED", failure: INVALID_ITEMS } as const)
        : ({ status: "COMPLETED" } as const);
    room.records.atomically(() => {
      publish(room, table);
      imports.put(asked.arn, { ...asked, ...progress, ...outcome, endedAt: room.clock.now() });
    });
  } catch (error) {
    room.records.atomically(() => {
      abandon(room, table);
      const failure = failureOf(error);
      imports.put(asked.arn, { ...asked, ...progress, status: "FAILED", failure, endedAt: room.clock.now() });
    });
  }
};

const itemsIn = (bytes: Readable, { format, csv }: ImportRecord, table: TableRecord): AsyncIterable<ParsedItem> => {
  if (csv) return csvItems(bytes, csv, table);
  return format === "ION" ? ionItems(bytes) : jsonItems(bytes);
};

type Progress = { -readonly [K in "processedBytes" | "processedItems" | "importedItems" | "errors"]: number };

/** AWS: the items that were good are in the table all the same. */
const INVALID_ITEMS = {
  code: "ItemValidationError",
  message: "Some of the items failed validation checks. Please check CloudWatch error logs for more details.",
};

async function* keysOf(call: Call, { bucket, bucketOwner, prefix }: ImportRecord) {
  let token: string | undefined;
  do {
    const page = await call("s3", "ListObjectsV2", {
      Bucket: bucket,
      ContinuationToken: token,
      ...(prefix === undefined ? {} : { Prefix: prefix }),
      ...(bucketOwner === undefined ? {} : { ExpectedBucketOwner: bucketOwner }),
    });
    for (const { Key = "", Size = 0 } of page.Contents ?? []) if (Size > 0) yield Key;
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

const bytesOf = async (call: Call, { bucket, compression }: ImportRecord, Key: string): Promise<Readable> => {
  const { Body } = await call("s3", "GetObject", { Bucket: bucket, Key });
  const isWhole = Body === undefined || typeof Body === "string" || Body instanceof Uint8Array;
  const body = Readable.from(isWhole ? [Buffer.from(Body ?? "")] : Body);
  return unpacked(body, compression);
};

async function* counted(items: AsyncIterable<ParsedItem>, progress: Progress) {
  for await (const item of items) {
    progress.processedBytes += item.bytes;
    progress.processedItems += 1;
    yield item;
  }
}

const writeAll = async (room: Room, table: TableRecord, items: AsyncIterable<ParsedItem>, progress: Progress) => {
  let slice: ParsedItem[] = [];
  const flush = () => {
    for (const parsed of slice) {
      if (writeOne(room, table, parsed)) progress.importedItems += 1;
      else progress.errors += 1;
    }
    slice = [];
  };
  for await (const item of items) {
    slice.push(item);
    if (slice.length < SLICE) continue;
    flush();
    await new Promise((resolve) => setImmediate(resolve));
  }
  flush();
};

/** Writes one item; false when it is none, or none for this table. */
const writeOne = (room: Room, table: TableRecord, { read }: ParsedItem): boolean => {
  try {
    const item = read();
    const key = keyFromItem(table, item);
    room.sizes.atomically(() => writeStored(room, table, key, readStored(room.tables, table, key), toStore(item)));
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === "ValidationException") return false;
    throw error;
  }
};
