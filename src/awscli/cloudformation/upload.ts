import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { Sdk } from "../clients.ts";
import type { Io } from "../io.ts";
import { serviceErrorCode } from "../report.ts";

/** Puts files into a bucket under the digest of what they hold. */
export interface Uploader {
  readonly bucket: string;
  /** The file's key; nothing is sent when an object of that name is there. */
  upload(path: string, extension?: string): Promise<string>;
}

export interface UploadOptions {
  readonly bucket: string;
  readonly prefix: string | undefined;
  readonly kmsKeyId: string | undefined;
  readonly force: boolean;
  /** Kept with each object. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export const createUploader = (
  sdk: Pick<Sdk, "send">,
  { bucket, prefix, kmsKeyId, force, metadata }: UploadOptions,
  io: Pick<Io, "err">,
): Uploader => ({
  bucket,
  upload: async (path, extension) => {
    const digest = createHash("md5");
    await pipeline(createReadStream(path), digest);
    const name = `${digest.digest("hex")}${extension ? `.${extension}` : ""}`;
    const Key = prefix ? `${prefix.replace(/\/$/, "")}/${name}` : name;
    if (!force && (await exists(sdk, bucket, Key))) {
      io.err(`File with same data already exists at ${Key}, skipping upload\n`);
      return Key;
    }
    const { size } = await stat(path);
    await sdk.send("PutObject", {
      Bucket: bucket,
      Key,
      Body: createReadStream(path),
      ContentLength: size,
      ...(metadata ? { Metadata: metadata } : {}),
      ...(kmsKeyId ? { ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyId } : {}),
    });
    io.err(`Uploading to ${Key}  ${size} / ${size.toFixed(1)}  (100.00%)\n`);
    return Key;
  },
});

/** AWS: a role without ListBucket hears 403 of a key that is not there; then it is sent. */
const exists = async (sdk: Pick<Sdk, "send">, Bucket: string, Key: string): Promise<boolean> => {
  try {
    await sdk.send("HeadObject", { Bucket, Key });
    return true;
  } catch (error) {
    if (/^(404|403|NotFound|Forbidden|NoSuchKey|UnknownError|Unknown)$/.test(serviceErrorCode(error) ?? ""))
      return false;
    throw error;
  }
};
