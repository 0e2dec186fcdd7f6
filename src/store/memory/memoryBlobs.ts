import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createBlobDigest } from "../blobDigest.ts";
import type { Blob, Blobs, WrittenBlob } from "../blobs.ts";
import { createHolds } from "../holds.ts";
import type { Records } from "../records.ts";

/** Blobs in memory; only `path` makes files, in a temporary directory that goes when they are disposed of. */
export const createMemoryBlobs = (records: Records): Blobs & AsyncDisposable => {
  const files = new Map<string, Buffer>();
  let closing = false;
  const holds = createHolds(records, (sha256) => {
    // The last commit may tell of releases when the records can no more be asked.
    if (!closing && !holds.has(sha256)) files.delete(sha256);
  });
  let directory: Promise<string> | undefined;

  const bytesOf = ({ sha256 }: Blob) => {
    const bytes = files.get(sha256);
    if (!bytes) throw new Error(`there is no blob ${sha256}`);
    return bytes;
  };
  const write = async (source: Readable | Uint8Array, maxBytes?: number): Promise<WrittenBlob> => {
    const digest = createBlobDigest(maxBytes);
    const chunks: Uint8Array[] = [];
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      digest.update(chunk);
      chunks.push(chunk);
    }
    const written = digest.finish();
    files.set(written.sha256, Buffer.concat(chunks));
    holds.add(written);
    return written;
  };
  return {
    write: (bytes, { maxBytes } = {}) => write(bytes, maxBytes),
    concat: (parts) => write(Buffer.concat(parts.map(bytesOf))),
    read: (blob, range) => {
      const bytes = bytesOf(blob);
      return Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes], { objectMode: false });
    },
    bytes: async (blob) => Buffer.from(bytesOf(blob)),
    path: async (blob) => {
      directory ??= mkdtemp(join(tmpdir(), "aloft-blobs-"));
      const path = join(await directory, blob.sha256);
      await writeFile(path, bytesOf(blob));
      return path;
    },
    hold: holds.hold,
    release: holds.release,
    [Symbol.asyncDispose]: async () => {
      closing = true;
      if (directory) await rm(await directory, { recursive: true, force: true });
    },
  };
};
