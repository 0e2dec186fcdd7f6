import { createWriteStream } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { BuildFailure, clientError, yamlFileError } from "../../../engines/build/failure.ts";
import type { FetchedSource } from "../../../engines/build/ports.ts";
import type { BuildSource } from "../../../engines/build/spec.ts";
import { UnsafeArchive } from "../../../engines/build/zip/limits.ts";
import { unpackZip } from "../../../engines/build/zip/unpack.ts";
import type { BodyOut } from "../../../kernel/aws.ts";
import type { CloneReference } from "../../../kernel/cloneReference.ts";
import { errorCode, errorMessage, known } from "../../../kernel/errors.ts";
import { MAX_SOURCE_BYTES } from "../limits.ts";
import type { BuildRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { cloneReferenceAt, cloneReferred } from "./cloneReference.ts";
import { cloneSource } from "./gitSource.ts";
import { s3Location } from "./s3Location.ts";
import type { ServiceRole } from "./serviceRole.ts";

/** Puts a build's source into its folder, as the build's role. Throws BuildFailure in AWS's words. */
export const fetchSource = async (
  room: Room,
  role: ServiceRole,
  build: BuildRecord,
  source: BuildSource,
  into: string,
  signal: AbortSignal,
): Promise<FetchedSource> => {
  switch (source.type) {
    case "NO_SOURCE":
      return {};
    case "S3":
      await fetchFromS3(role, source, into);
      return {};
    case "CODEPIPELINE":
      await fetchFromS3(role, source, into);
      return source.revision === undefined ? {} : { resolvedVersion: source.revision };
    default:
      return cloneSource(room, role, build, source, into, signal);
  }
};

const fetchFromS3 = async (role: ServiceRole, source: BuildSource, into: string): Promise<void> => {
  const { bucket, key } = s3Location(source.location ?? "");
  try {
    if (key.endsWith("/")) await fetchFolder(role, bucket, key, into);
    else await fetchArchive(role, bucket, key, source, into);
  } catch (error) {
    if (error instanceof BuildFailure) throw error;
    if (error instanceof UnsafeArchive) throw clientError(`${error.message} for ${nameOf(source)}`);
    throw clientError(`${errorCode(error)}: ${errorMessage(error)} for ${nameOf(source)}`);
  }
};

/** A buildspec that lies in S3. Throws BuildFailure in AWS's words. */
export const readBuildspec = async ({ ctx }: ServiceRole, arn: string): Promise<string> => {
  const { bucket, key } = s3Location(arn);
  try {
    const { Body } = await ctx.call("s3", "GetObject", { Bucket: bucket, Key: key });
    return await text(Readable.from(known(Body, "the buildspec's body")));
  } catch (error) {
    throw yamlFileError(`${errorCode(error)}: ${errorMessage(error)}`);
  }
};

const nameOf = ({ identifier, version }: BuildSource): string =>
  `${identifier === undefined ? "primary source" : `secondary source ${identifier}`} and source version ${version ?? ""}`.trimEnd();

const fetchArchive = async (role: ServiceRole, bucket: string, key: string, source: BuildSource, into: string) => {
  const VersionId = source.type === "S3" ? source.version : undefined;
  const { Body } = await role.ctx.call("s3", "GetObject", { Bucket: bucket, Key: key, VersionId });
  const archive = `${into}.zip`;
  await save(Body, archive);
  const reference = source.type === "CODEPIPELINE" ? await cloneReferenceAt(archive) : undefined;
  if (reference) return cloneFor(role, reference, source, into);
  await unpackZip(archive, into, { maxEntries: 500_000, maxBytes: MAX_SOURCE_BYTES });
  await rm(archive);
};

/** AWS: what is cloned has its commit for its version. */
const cloneFor = async (role: ServiceRole, reference: CloneReference, source: BuildSource, into: string) => {
  try {
    await cloneReferred(role, reference, into);
  } catch (error) {
    if (!/AccessDenied/.test(errorCode(error))) throw error;
    throw clientError(
      `authorization failed for ${nameOf({ ...source, version: reference.commitId })}. ${errorMessage(error)}`,
    );
  }
};

/** AWS: a location that ends with a slash is a folder of files. */
const fetchFolder = async (role: ServiceRole, bucket: string, prefix: string, into: string): Promise<void> => {
  let token: string | undefined;
  do {
    const page = await role.ctx.call("s3", "ListObjectsV2", {
      Bucket: bucket,
      Prefix: prefix,
      ContinuationToken: token,
    });
    for (const { Key = "" } of page.Contents ?? []) {
      const path = resolve(into, Key.slice(prefix.length));
      if (Key.endsWith("/") || !path.startsWith(`${into}/`)) continue;
      await mkdir(dirname(path), { recursive: true });
      const { Body } = await role.ctx.call("s3", "GetObject", { Bucket: bucket, Key });
      await save(Body, path);
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
};

const save = async (body: BodyOut | undefined, path: string): Promise<void> => {
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) await writeFile(path, body ?? "");
  else await pipeline(Readable.from(body), createWriteStream(path));
};
