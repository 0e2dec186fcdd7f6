import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Call } from "../../../kernel/context.ts";
import { withTableAsOf } from "../backupCopies.ts";
import type { StoredItem } from "../items/storedItem.ts";
import type { TableRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { changesWithin, type ExportLine } from "./changesWithin.ts";
import { failureOf } from "./failure.ts";
import { ionLine } from "./ion.ts";
import type { ExportRecord } from "./records.ts";

/** Text that one data file holds at most, before it is packed. */
const MAX_FILE_CHARACTERS = 8 * 1024 * 1024;
const FULL_FORMAT_VERSION = "2020-06-30";
const INCREMENTAL_FORMAT_VERSION = "2023-08-01";

/** Writes a table's items and the manifests into the bucket, as the one who asked for it. */
export const runExport = async (room: Room, call: Call, source: TableRecord, asked: ExportRecord): Promise<void> => {
  try {
    const done = await writeFiles(room, call, source, asked);
    room.transfers.exports.put(asked.arn, { ...done, status: "COMPLETED", endedAt: room.clock.now() });
  } catch (error) {
    const failure = failureOf(error);
    room.transfers.exports.put(asked.arn, { ...asked, status: "FAILED", endedAt: room.clock.now(), failure });
  }
};

interface DataFile {
  readonly itemCount: number;
  readonly md5Checksum: string;
  readonly etag: string;
  readonly dataFileS3Key: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html */
const writeFiles = async (room: Room, call: Call, source: TableRecord, asked: ExportRecord): Promise<ExportRecord> => {
  const folder = `${asked.prefix ? `${asked.prefix}/` : ""}AWSDynamoDB`;
  const own = `${folder}/${asked.arn.slice(asked.arn.lastIndexOf("/") + 1)}`;
  const put = writerOf(call, asked);
  await put(`${own}/_started`, Buffer.alloc(0));
  const files: DataFile[] = [];
  let bytes = 0;
  // AWS: the data of all incremental exports lies together.
  const dataFolder = `${asked.window ? folder : own}/data`;
  const { extension, textOf } = await formOf(asked);
  const write = async (slices: AsyncIterable<readonly ExportLine[]>) => {
    for await (const lines of packed(slices)) {
      const body = gzipSync(lines.map(({ text }) => `${textOf(text)}\n`).join(""));
      const key = `${dataFolder}/${room.ids.hex(26)}.${extension}.gz`;
      const etag = await put(key, body);
      bytes += lines.reduce((sum, line) => sum + line.bytes, 0);
      files.push({ itemCount: lines.length, md5Checksum: md5Of(body), etag, dataFileS3Key: key });
    }
  };
  if (asked.window) await write(changesWithin(room, source, asked.window));
  else await withTableAsOf(room, { source, at: asked.exportedAsOf }, (slices) => write(linesOf(slices)));
  const manifestFilesS3Key = `${own}/manifest-files.json`;
  await putWithChecksum(put, manifestFilesS3Key, files.map((file) => `${JSON.stringify(file)}\n`).join(""));
  const items = files.reduce((sum, { itemCount }) => sum + itemCount, 0);
  const manifestKey = `${own}/manifest-summary.json`;
  const done = { ...asked, items, bytes, manifestKey };
  await putWithChecksum(put, manifestKey, JSON.stringify(summaryOf(done, manifestFilesS3Key, room.clock.now())));
  return done;
};

/** How data files are named, and their lines written. */
const formOf = async ({ format }: ExportRecord) => {
  if (format !== "ION") return { extension: "json", textOf: (text: string) => text };
  const ion = await import("ion-js");
  return { extension: "ion", textOf: (text: string) => ionLine(ion, JSON.parse(text)) };
};

async function* linesOf(slices: AsyncIterable<readonly StoredItem[]>): AsyncGenerator<readonly ExportLine[]> {
  for await (const slice of slices) yield slice.map(({ text, bytes }) => ({ text: `{"Item":${text}}`, bytes }));
}

const summaryOf = (done: ExportRecord, manifestFilesS3Key: string, now: number) => ({
  version: done.window ? INCREMENTAL_FORMAT_VERSION : FULL_FORMAT_VERSION,
  exportArn: done.arn,
  startTime: new Date(done.startedAt).toISOString(),
  endTime: new Date(now).toISOString(),
  tableArn: done.tableArn,
  tableId: done.tableId,
  ...(done.window
    ? {
        exportFromTime: new Date(done.window.from).toISOString(),
        exportToTime: new Date(done.window.to).toISOString(),
      }
    : { exportTime: new Date(done.exportedAsOf).toISOString() }),
  s3Bucket: done.bucket,
  s3Prefix: done.prefix ?? null,
  s3SseAlgorithm: done.sseAlgorithm ?? "AES256",
  s3SseKmsKeyId: done.sseKmsKeyId ?? null,
  manifestFilesS3Key,
  billedSizeBytes: done.bytes,
  itemCount: done.items,
  outputFormat: done.format ?? "DYNAMODB_JSON",
  ...(done.window ? { outputView: done.window.view, exportType: "INCREMENTAL_EXPORT" } : { exportType: "FULL_EXPORT" }),
});

/** Lines by files; a table without items has one empty file. */
async function* packed(slices: AsyncIterable<readonly ExportLine[]>) {
  let lines: ExportLine[] = [];
  let characters = 0;
  let isFirst = true;
  for await (const slice of slices) {
    for (const line of slice) {
      lines.push(line);
      characters += line.text.length;
    }
    if (characters < MAX_FILE_CHARACTERS) continue;
    yield lines;
    isFirst = false;
    lines = [];
    characters = 0;
  }
  if (lines.length > 0 || isFirst) yield lines;
}

type Put = (key: string, body: Uint8Array) => Promise<string>;

const writerOf =
  (call: Call, { bucket, bucketOwner, sseAlgorithm, sseKmsKeyId }: ExportRecord): Put =>
  async (Key, Body) => {
    const { ETag = "" } = await call("s3", "PutObject", {
      Bucket: bucket,
      Key,
      Body,
      ContentLength: Body.length,
      ...(bucketOwner === undefined ? {} : { ExpectedBucketOwner: bucketOwner }),
      ...(sseAlgorithm ? { ServerSideEncryption: sseAlgorithm === "KMS" ? "aws:kms" : "AES256" } : {}),
      ...(sseKmsKeyId === undefined ? {} : { SSEKMSKeyId: sseKmsKeyId }),
    });
    return ETag.replaceAll('"', "");
  };

const putWithChecksum = async (put: Put, key: string, text: string): Promise<void> => {
  const body = Buffer.from(text);
  await put(key, body);
  await put(key.replace(/\.json$/, ".md5"), Buffer.from(md5Of(body)));
};

const md5Of = (body: Uint8Array): string => createHash("md5").update(body).digest("base64");
