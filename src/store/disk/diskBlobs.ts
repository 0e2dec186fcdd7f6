import { createReadStream, openSync, type ReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Blob, Blobs } from "../blobs.ts";
import { createHolds } from "../holds.ts";
import type { Records } from "../records.ts";
import { openBlobFiles } from "./blobFiles.ts";

/** Blobs as files in a directory, and what only their owner does with them. */
export interface DiskBlobs extends Blobs, AsyncDisposable {
  /** Removes the files that nobody holds, which is what a crash leaves behind. */
  sweep(): Promise<void>;
}

/** What is read at once: larger than Node's default, for a download is bound by the count of reads. */
const READ_CHUNK_BYTES = 256 * 1024;

/**
 * Opens a directory of blobs.
 *
 * A file is whole and on the disk before it has its name; its first hold is then committed together with whatever its writer
 * records in the same turn. A file goes once the release of its last hold is committed. So a crash leaves files too many,
 * never too few.
 */
export const openDiskBlobs = async (directory: string, records: Records): Promise<DiskBlobs> => {
  const files = await openBlobFiles(directory);
  const removals = new Set<Promise<void>>();
  let closing = false;

  const removeUnheld = (sha256: string) => {
    // What the last commit releases is left to the sweep of the next start.
    if (closing || holds.has(sha256) || files.isArriving(sha256)) return;
    const removal = files
      .discard(sha256)
      // A file that cannot be removed does no harm: the sweep of the next start finds it.
      .catch(() => undefined)
      .finally(() => removals.delete(removal));
    removals.add(removal);
  };
  const holds = createHolds(records, removeUnheld);

  const write = async (bytes: Readable | Uint8Array, maxBytes?: number) => {
    const arrival = await files.receive(bytes, maxBytes);
    // No wait between the hold and the return: the caller's record belongs to the same commit.
    holds.add(arrival.blob);
    arrival.taken();
    return arrival.blob;
  };
  const read = ({ sha256, size }: Blob, range = { start: 0, end: size - 1 }): Readable =>
    range.end < range.start ? Readable.from([]) : openRange(files.path(sha256), range);

  return {
    write: (bytes, { maxBytes } = {}) => write(bytes, maxBytes),
    concat: (parts) => write(Readable.from(chunksOf(parts, read), { objectMode: false })),
    read,
    bytes: (blob) => readFile(files.path(blob.sha256)),
    path: async (blob) => files.path(blob.sha256),
    hold: holds.hold,
    release: holds.release,
    sweep: async () => {
      for (const folder of await readdir(directory)) {
        for (const name of await namesIn(join(directory, folder))) {
          if (closing) return;
          removeUnheld(name);
        }
        await Promise.all(removals);
      }
    },
    [Symbol.asyncDispose]: async () => {
      closing = true;
      await Promise.all(removals);
    },
  };
};

/** Opens at once, so that a release that follows cannot take the file away from its reader. */
const openRange = (path: string, range: { readonly start: number; readonly end: number }): ReadStream =>
  createReadStream(path, { fd: openSync(path, "r"), highWaterMark: READ_CHUNK_BYTES, ...range });

async function* chunksOf(parts: readonly Blob[], read: (part: Blob) => Readable): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield* read(part);
}

const SHA256_HEX_LENGTH = 64;

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.length === SHA256_HEX_LENGTH);
