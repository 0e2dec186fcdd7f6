import { createWriteStream } from "node:fs";
import { readlink, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

/** A file to pack. */
export interface PackedFile {
  readonly path: string;
  /** Its name in the archive, with slashes. */
  readonly name: string;
  readonly isLink?: boolean;
}

/**
 * Packs files into a zip at `into`. The same files give the same bytes, in whatever order and whenever they are packed, so
 * that code which has not changed keeps its hash and its function is left alone.
 */
export const packZip = async (files: readonly PackedFile[], into: string): Promise<void> => {
  const zip = new ZipFile();
  const output = createWriteStream(into);
  // A file that cannot be read is reported by the archive, not by its stream; whoever hears of it finds the output closed.
  zip.on("error", (error: Error) => output.destroy(error));
  await Promise.all([pipeline(zip.outputStream, output), addAll(zip, files)]);
};

/** Adds files to an archive and ends it, or has it say what is wrong. */
const addAll = async (zip: ZipFile, files: readonly PackedFile[]): Promise<void> => {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  try {
    for (const { path, name, isLink } of sorted) {
      if (isLink) zip.addBuffer(Buffer.from(await readlink(path)), name, { ...FIXED, mode: 0o120777 });
      else zip.addFile(path, name, { ...FIXED, mode: await modeOf(path) });
    }
    zip.end();
  } catch (error) {
    zip.emit("error", error);
  }
};

/** The earliest time a zip can hold; the local time zone must not show either. */
const FIXED = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true };

/** Whether it can be run is all that matters of a mode; the umask of this machine must not show. */
const modeOf = async (path: string): Promise<number> => ((await stat(path)).mode & 0o100 ? 0o100755 : 0o100644);
