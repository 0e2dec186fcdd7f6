import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { pipeline } from "node:stream/promises";
import { BuildFailure, clientError } from "../../../engines/build/failure.ts";
import type { BuildArtifact } from "../../../engines/build/ports.ts";
import { packZip } from "../../../engines/build/zip/pack.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import type { ArtifactDigests, BuildRecord, ProjectSettings } from "../records.ts";
import { artifactBucket, artifactKey } from "./artifactPlace.ts";

type Artifacts = ProjectSettings["artifacts"];

interface UploadedArtifact {
  /** Its ARN. */
  readonly location: string;
  /** AWS: of archives alone. */
  readonly digests?: ArtifactDigests;
}

/** Puts an artifact into its bucket as the build's role. Throws BuildFailure in AWS's words. */
export const uploadArtifact = async (
  ctx: Context,
  build: BuildRecord,
  artifact: BuildArtifact,
  directory: string,
): Promise<UploadedArtifact> => {
  const wish = wishOf(build, artifact.identifier);
  const bucket = artifactBucket(wish);
  if (bucket === "") throw clientError("the artifact has no location");
  const key = artifactKey(build, wish, artifact);
  const location = `arn:${ctx.partition}:s3:::${bucket}/${key}`;
  const put = (name: string, path: string) => putFile(ctx, build, bucket, name, path);
  try {
    // AWS: what goes back to a pipeline is always one archive.
    if (wish.packaging === "ZIP" || wish.type === "CODEPIPELINE")
      return { location, digests: await putArchive(artifact, directory, (path) => put(key, path)) };
    for (const { path, name } of artifact.files) await put(posix.join(key, name), path);
    return { location };
  } catch (error) {
    if (error instanceof BuildFailure) throw error;
    throw clientError(`Error in UPLOAD_ARTIFACTS phase: ${errorCode(error)}: ${errorMessage(error)}`);
  }
};

const wishOf = ({ settings }: BuildRecord, identifier: string | undefined): Artifacts => {
  if (identifier === undefined) return settings.artifacts;
  const wish = settings.secondaryArtifacts?.find(({ artifactIdentifier }) => artifactIdentifier === identifier);
  if (!wish) throw clientError(`no artifact ${identifier} in the project`);
  return wish;
};

const putArchive = async (
  { files, identifier }: BuildArtifact,
  directory: string,
  put: (path: string) => Promise<void>,
): Promise<ArtifactDigests> => {
  const archive = join(directory, `artifact-${identifier ?? "primary"}.zip`);
  await packZip(files, archive);
  const [md5sum, sha256sum] = await Promise.all([digestOf("md5", archive), digestOf("sha256", archive)]);
  await put(archive);
  await rm(archive);
  return { md5sum, sha256sum };
};

const digestOf = async (algorithm: "md5" | "sha256", path: string): Promise<string> => {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
};

/** Differs: objects are encrypted as the bucket says; the project's key is not named. */
const putFile = async (ctx: Context, { arn }: BuildRecord, Bucket: string, Key: string, path: string) => {
  const { size } = await stat(path);
  // AWS: an artifact tells which build it is of.
  const Metadata = { "codebuild-buildarn": arn };
  const Body = createReadStream(path);
  const object = { Bucket, Key, Body, ContentLength: size, Metadata, ChecksumAlgorithm: "SHA256" as const };
  await ctx.call("s3", "PutObject", object);
};
