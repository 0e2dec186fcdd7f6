import { createWriteStream } from "node:fs";
import { lstat, mkdir, realpath, symlink } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from "yauzl";
import { errorMessage } from "../../../kernel/errors.ts";
import { DEFAULT_UNPACK_LIMITS, type UnpackLimits, UnsafeArchive } from "./limits.ts";

/**
 * Unpacks a zip, a file or bytes, into a folder that exists. Nothing is written outside of it, whatever the archive says.
 * Throws UnsafeArchive when the archive is none, climbs out, links out, or breaks the limits.
 */
export const unpackZip = async (
  archive: string | Uint8Array,
  into: string,
  limits: UnpackLimits = DEFAULT_UNPACK_LIMITS,
): Promise<void> => {
  try {
    await unpack(archive, await realpath(into), limits);
  } catch (error) {
    throw isZipError(error) ? new UnsafeArchive(errorMessage(error)) : error;
  }
};

const unpack = async (archive: string | Uint8Array, folder: string, limits: UnpackLimits): Promise<void> => {
  const zip = await openZip(archive);
  if (zip.entryCount > limits.maxEntries) throw new UnsafeArchive(`more than ${limits.maxEntries} entries`);
  const budget = { remainingBytes: limits.maxBytes };
  const links: { readonly path: string; readonly target: string }[] = [];
  for await (const entry of zip.eachEntry()) {
    const path = pathOf(folder, entry);
    if (entry.fileName.endsWith("/")) {
      await mkdir(path, { recursive: true });
      continue;
    }
    await mkdir(dirname(path), { recursive: true });
    const bytes = (await zip.openReadStreamPromise(entry)).pipe(counted(budget, limits));
    if (isLink(entry)) links.push({ path, target: (await buffer(bytes)).toString() });
    else await pipeline(bytes, createWriteStream(path, { mode: modeOf(entry) }));
  }
  // Links come last, so that no file is ever written through one.
  for (const link of links) await makeLink(folder, link);
};

const openZip = (archive: string | Uint8Array): Promise<ZipFile> =>
  typeof archive === "string"
    ? openPromise(archive, OPTIONS)
    : fromBufferPromise(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength), OPTIONS);

const OPTIONS = { lazyEntries: true, autoClose: true };

/** yauzl throws plain errors; those of the file system have a code. */
const isZipError = (error: unknown): boolean =>
  error instanceof Error && !("code" in error) && !(error instanceof UnsafeArchive);

/** yauzl has refused absolute and climbing names; this holds even if it had not. */
const pathOf = (folder: string, { fileName }: Entry): string => {
  const path = resolve(folder, fileName);
  if (!isWithin(folder, path) || fileName.includes("\0"))
    throw new UnsafeArchive(`unsafe path in archive: ${fileName}`);
  return path;
};

const isWithin = (folder: string, path: string): boolean => path === folder || path.startsWith(folder + sep);

/** The Unix mode lies in the upper half of the external attributes, where Unix programs made the archive. */
const unixMode = (entry: Entry): number => entry.externalFileAttributes >>> 16;
const isLink = (entry: Entry): boolean => (unixMode(entry) & 0o170000) === 0o120000;
/** Never set-user-id; readable and writable for the owner whatever the archive says, so that it can be removed. */
const modeOf = (entry: Entry): number => (unixMode(entry) & 0o777 || 0o644) | 0o600;

const counted = (budget: { remainingBytes: number }, limits: UnpackLimits): Transform =>
  new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      budget.remainingBytes -= chunk.length;
      if (budget.remainingBytes < 0) done(new UnsafeArchive(`unpacks to more than ${limits.maxBytes} bytes`));
      else done(null, chunk);
    },
  });

const makeLink = async (folder: string, { path, target }: { path: string; target: string }): Promise<void> => {
  const unsafe = () => new UnsafeArchive(`link out of the archive: ${relative(folder, path)} -> ${target}`);
  if (!isWithin(folder, resolve(dirname(path), target))) throw unsafe();
  // The folder may itself be reached through a link made before: what counts is where the path really is.
  const parent = await realpath(dirname(path));
  if (!isWithin(folder, parent) || !isWithin(folder, resolve(parent, target))) throw unsafe();
  await symlink(target, path);
  // A link through another link may still lead out once both exist.
  const real = await realPathIfAny(path);
  if (real !== undefined && !isWithin(folder, real)) throw unsafe();
};

const realPathIfAny = async (path: string): Promise<string | undefined> => {
  try {
    await lstat(path);
    return await realpath(path);
  } catch {
    return undefined; // It leads to nothing yet; what comes later is checked then.
  }
};
