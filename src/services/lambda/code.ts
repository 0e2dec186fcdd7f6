import { existsSync } from "node:fs";
import { mkdir, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { UnsafeArchive } from "../../engines/build/zip/limits.ts";
import { unpackZip } from "../../engines/build/zip/unpack.ts";
import type { CodeFolders } from "../../engines/function/spec.ts";
import { bytesOf } from "../../kernel/body.ts";
import type { Context } from "../../kernel/context.ts";
import { errorCode, errorMessage, NotImplemented } from "../../kernel/errors.ts";
import type { Blobs } from "../../store/blobs.ts";
import { invalidValue, packageTooLarge } from "./errors.ts";
import { MAX_INLINE_ZIP_BYTES, MAX_UNZIPPED_BYTES, MAX_ZIP_ENTRIES } from "./limits.ts";
import type { CodeRecord } from "./records.ts";

/** Where a request brings code from. */
export interface CodeSource {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
  readonly S3ObjectStorageMode?: string | undefined;
  readonly SourceKMSKeyArn?: string | undefined;
}

export interface CodeStore {
  /** Takes code into the store: one hold on its blob. Throws AWS's refusal when it is no package. */
  take(ctx: Context, source: CodeSource): Promise<CodeRecord>;
  /** The folders of code and layers, unpacked on first use. */
  folders(code: CodeRecord, layers: readonly CodeRecord[]): Promise<CodeFolders>;
}

export const createCodeStore = (blobs: Blobs, directory: () => string): CodeStore => {
  const unpacking = new Map<string, Promise<string>>();
  const once = (name: string, make: (folder: string) => Promise<void>): Promise<string> => {
    const known = unpacking.get(name);
    if (known) return known;
    const made = makeFolder(join(directory(), name), make).catch((error) => {
      unpacking.delete(name);
      throw error;
    });
    unpacking.set(name, made);
    return made;
  };
  const limits = { maxBytes: MAX_UNZIPPED_BYTES - 1, maxEntries: MAX_ZIP_ENTRIES };
  const unpack = ({ blob }: CodeRecord) =>
    once(blob.sha256, async (folder) => {
      await mkdir(join(folder, "task"), { recursive: true });
      await unpackZip(await blobs.path(blob), join(folder, "task"), limits);
      // Around the code lies what the runtime brings.
      await linkSdk(folder);
    });
  const layerRoot = (layers: readonly CodeRecord[]) =>
    once(`layers-${layers.map(({ blob }) => blob.sha256.slice(0, 16)).join("-")}`, async (folder) => {
      await mkdir(folder, { recursive: true });
      // In the function's order: a later layer's files lie over an earlier one's.
      for (const { blob } of layers) await unpackZip(await blobs.path(blob), folder, limits);
      await linkSdk(folder);
    });
  return {
    take: async (ctx, source) => {
      if (source.S3ObjectStorageMode === "REFERENCE")
        throw new NotImplemented("lambda's S3ObjectStorageMode REFERENCE");
      const bytes = await packageBytes(ctx, source);
      const blob = await blobs.write(bytes);
      const code: CodeRecord = {
        blob: { sha256: blob.sha256, size: blob.size },
        codeSha256: base64(blob.sha256),
        ...(source.SourceKMSKeyArn ? { sourceKmsKeyArn: source.SourceKMSKeyArn } : {}),
      };
      try {
        await unpack(code);
      } catch (error) {
        blobs.release(blob);
        throw error instanceof UnsafeArchive ? badPackage(error) : error;
      }
      return code;
    },
    folders: async (code, layers) => ({
      taskRoot: join(await unpack(code), "task"),
      ...(layers.length > 0 ? { layerRoot: await layerRoot(layers) } : {}),
    }),
  };
};

/** Fills a folder under another name first: one that is there is whole, even after a crash. */
const makeFolder = async (folder: string, fill: (folder: string) => Promise<void>): Promise<string> => {
  if (existsSync(folder)) return folder;
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await fill(partial);
  await rename(partial, folder);
  return folder;
};

/**
 * AWS: Node.js functions find the SDK without bringing it. Only its packages: what else is installed here is not there.
 * Version 2, which runtimes before nodejs18.x bring, comes when a function asks for it: sdkV2.ts.
 */
const linkSdk = async (folder: string): Promise<void> => {
  const installed = installedModules();
  await mkdir(join(folder, "node_modules"), { recursive: true });
  for (const scope of ["@aws-sdk", "@smithy", "aws-sdk"]) {
    if (existsSync(join(installed, scope))) await symlink(join(installed, scope), join(folder, "node_modules", scope));
  }
};

const installedModules = (): string => {
  const manifest = createRequire(import.meta.url).resolve("@aws-sdk/client-lambda/package.json");
  return dirname(dirname(dirname(manifest)));
};

const packageBytes = async (ctx: Context, source: CodeSource): Promise<Uint8Array> => {
  if (source.ZipFile) {
    if (source.ZipFile.length > MAX_INLINE_ZIP_BYTES) throw packageTooLarge(MAX_INLINE_ZIP_BYTES);
    return source.ZipFile;
  }
  if (source.S3Bucket === undefined || source.S3Key === undefined) {
    throw invalidValue("Please provide a source for function code.");
  }
  try {
    // AWS: whoever creates the function must be allowed to read its code.
    const { Body } = await ctx.call("s3", "GetObject", {
      Bucket: source.S3Bucket,
      Key: source.S3Key,
      VersionId: source.S3ObjectVersion,
    });
    return await bytesOf(Body);
  } catch (error) {
    const detail = `S3 Error Code: ${errorCode(error)}. S3 Error Message: ${errorMessage(error)}`;
    throw invalidValue(`Error occurred while GetObject. ${detail}`);
  }
};

const base64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64");

const badPackage = (error: UnsafeArchive) =>
  error.message.includes(String(MAX_UNZIPPED_BYTES - 1))
    ? invalidValue(`Unzipped size must be smaller than ${MAX_UNZIPPED_BYTES} bytes`)
    : invalidValue("Could not unzip uploaded file. Please check your file, then try to upload again.");
