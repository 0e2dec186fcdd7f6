import { extname } from "node:path";
import { Readable } from "node:stream";
import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { filesOf, getArtifact } from "../artifacts.ts";
import type { Job, Provide } from "./provider.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3Deploy.html */
export const s3Deploy: Provide = async (job) => {
  const { configuration, ctx, inputs } = job;
  const { BucketName = "", Extract } = configuration;
  const ObjectKey = filledIn(job, configuration["ObjectKey"] ?? "");
  const [input] = inputs;
  if (!input) throw new ActionFailure("ConfigurationError", "The action has no input artifact.");
  const zip = await getArtifact(ctx, input);
  if (Extract !== "true") {
    if (!ObjectKey) throw new ActionFailure("ConfigurationError", "ObjectKey is required when Extract is false.");
    await put(job, BucketName, ObjectKey, zip, "application/zip");
    return { status: "Succeeded", summary: "Deployment Succeeded" };
  }
  const prefix = ObjectKey ? `${ObjectKey.replace(/\/+$/, "")}/` : "";
  for await (const file of filesOf(zip)) {
    const type = CONTENT_TYPES[extname(file.name).toLowerCase()] ?? "application/octet-stream";
    await put(job, BucketName, prefix + file.name, await file.bytes(), type);
  }
  return { status: "Succeeded", summary: "Deployment Succeeded" };
};

/** AWS: in the key `{datetime}` stands for the time in UTC, `2019-01-10_07-39-57`, and `{uuid}` for an id that nothing else has. */
const filledIn = ({ room }: Job, key: string): string =>
  key
    .replaceAll("{datetime}", () =>
      new Date(room.clock.now()).toISOString().slice(0, 19).replace("T", "_").replaceAll(":", "-"),
    )
    .replaceAll("{uuid}", () => room.ids.uuid());

const put = async (
  { ctx, configuration }: Job,
  Bucket: string,
  Key: string,
  bytes: Buffer,
  ContentType: string,
): Promise<void> => {
  const { CacheControl, CannedACL, KMSEncryptionKeyARN } = configuration;
  await ctx.call("s3", "PutObject", {
    Bucket,
    Key,
    Body: Readable.from([bytes]),
    ContentLength: bytes.length,
    ContentType,
    ...(CacheControl ? { CacheControl } : {}),
    ...(KMSEncryptionKeyARN ? { ServerSideEncryption: "aws:kms" as const, SSEKMSKeyId: KMSEncryptionKeyARN } : {}),
    ...(CannedACL ? { ACL: aclOf(CannedACL) } : {}),
  });
};

const aclOf = (text: string): (typeof ACLS)[number] => {
  const acl = ACLS.find((each) => each === text);
  if (!acl)
    throw new ActionFailure("ConfigurationError", `Invalid CannedACL '${text}'. Valid values: ${ACLS.join(", ")}`);
  return acl;
};

const ACLS = [
  "private",
  "public-read",
  "public-read-write",
  "authenticated-read",
  "aws-exec-read",
  "bucket-owner-read",
  "bucket-owner-full-control",
] as const;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".gif": "image/gif",
  ".htm": "text/html",
  ".html": "text/html",
  ".ico": "image/x-icon",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript",
  ".json": "application/json",
  ".map": "application/json",
  ".md": "text/markdown",
  ".mjs": "text/javascript",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
  ".webp": "image/webp",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
  ".zip": "application/zip",
};
