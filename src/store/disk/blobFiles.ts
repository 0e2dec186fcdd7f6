import { existsSync, renameSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { type BlobDigest, createBlobDigest } from "../blobDigest.ts";
import { DiskFull, type WrittenBlob } from "../blobs.ts";

/** A file in place under its name, which nobody holds yet. */
export interface Arrival {
  readonly blob: WrittenBlob;
  /** Call it when the blob is held: until then nobody else may remove the file. */
  taken(): void;
}

/** The files behind blobs: `ab/abcd…`, by the first byte of their hash. */
export interface BlobFiles {
  path(sha256: string): string;
  /** Writes the bytes, flushes them to the disk and gives the file its name; leaves nothing behind when it fails. */
  receive(bytes: Readable | Uint8Array, maxBytes?: number): Promise<Arrival>;
  isArriving(sha256: string): boolean;
  /**
   * Removes a file: at once from its name, so that no later arrival of the same bytes can be hit, and then from the disk,
   * which takes a while for a large one.
   */
  discard(sha256: string): Promise<void>;
}

/** Bytes gathered before they are written: a body comes in pieces of 16 to 64 KiB, and each write costs a trip. */
const WRITE_BYTES = 1024 * 1024;

/** Opens the directory; what an earlier process was still receiving is removed. */
export const openBlobFiles = async (directory: string): Promise<BlobFiles> => {
  const incoming = join(directory, "incoming");
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const folders = new Set<string>();
  const arriving = new Map<string, number>();
  let serial = 0;

  const folderOf = (sha256: string) => join(directory, sha256.slice(0, 2));
  const arrive = (sha256: string, by: 1 | -1) => {
    const count = (arriving.get(sha256) ?? 0) + by;
    if (count > 0) arriving.set(sha256, count);
    else arriving.delete(sha256);
  };
  const place = async (passing: string, { sha256 }: WrittenBlob) => {
    const folder = folderOf(sha256);
    if (!folders.has(folder)) await mkdir(folder, { recursive: true, mode: 0o700 });
    folders.add(folder);
    await rename(passing, join(folder, sha256));
    await flushDirectory(folder);
  };
  const pathOf = (sha256: string) => join(folderOf(sha256), sha256);
  return {
    path: pathOf,
    discard: async (sha256) => {
      const passing = join(incoming, String(serial++));
      if (existsSync(pathOf(sha256))) renameSync(pathOf(sha256), passing);
      await rm(passing, { force: true });
    },
    isArriving: (sha256) => arriving.has(sha256),
    receive: async (bytes, maxBytes) => {
      const passing = join(incoming, String(serial++));
      let blob: WrittenBlob | undefined;
      try {
        blob = await writeFlushed(passing, bytes, createBlobDigest(maxBytes));
        const { sha256 } = blob;
        arrive(sha256, 1);
        await place(passing, blob);
        return { blob, taken: () => arrive(sha256, -1) };
      } catch (error) {
        if (blob) arrive(blob.sha256, -1);
        await rm(passing, { force: true });
        throw isDiskFull(error) ? new DiskFull(error) : error;
      }
    },
  };
};

const writeFlushed = async (path: string, bytes: Readable | Uint8Array, digest: BlobDigest): Promise<WrittenBlob> => {
  const file = await open(path, "wx", READ_ONLY);
  try {
    for await (const piece of bytes instanceof Uint8Array ? [bytes] : gathered(bytes)) {
      const writing = file.appendFile(piece);
      try {
        // While the bytes are on their way to the disk, on another thread.
        digest.update(piece);
      } finally {
        await writing;
      }
    }
    await file.datasync();
    return digest.finish();
  } finally {
    await file.close();
  }
};

/** A blob never changes: not even by a build that was handed its path. */
const READ_ONLY = 0o400;

async function* gathered(bytes: Readable): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    size += piece.length;
    if (size < WRITE_BYTES) continue;
    yield Buffer.concat(pieces, size);
    pieces = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(pieces, size);
}

/** A new name survives a power cut only once its directory is flushed. Windows has no such call and needs none. */
const flushDirectory = async (path: string): Promise<void> => {
  if (process.platform === "win32") return;
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
};

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
