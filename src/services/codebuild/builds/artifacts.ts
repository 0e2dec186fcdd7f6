import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { BuildFailure, clientError } from "../../../engines/build/failure.ts";
import type { BuildArtifact } from "../../../engines/build/ports.ts";
import { packZip } from "../../../engines/build/zip/pack.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import type { BuildRecord, ProjectSettings } from "../records.ts";

type Artifacts = ProjectSettings["artifacts"];

/** Puts an artifact into its bucket as the build's role; gives its ARN. Throws BuildFailure in AWS's words. */
export const uploadArtifact = async (
  ctx: Context,
  build: BuildRecord,
  artifact: BuildArtifact,
  directory: string,
): Promise<string> => {
  const wish = wishOf(build, artifact.identifier);
  const bucket = (wish.location ?? "").replace(/^arn:[^:]+:s3:::/, "");
  if (bucket === "") throw clientError("the artifact has no location");
  const key = keyOf(build, wish, artifact);
  try {
    // AWS: what goes back to a pipeline is always one archive.
    if (wish.packaging === "ZIP" || wish.type === "CODEPIPELINE")
      await putArchive(ctx, bucket, key, artifact, directory);
    else for (const { path, name } of artifact.files) await putFile(ctx, bucket, posix.join(key, name), path);
  } catch (error) {
    if (error instanceof BuildFailure) throw error;
    throw clientError(`Error in UPLOAD_ARTIFACTS phase: ${errorCode(error)}: ${errorMessage(error)}`);
  }
  return `arn:${ctx.partition}:s3:::${bucket}/${key}`;
};

const wishOf = ({ settings }: BuildRecord, identifier: string | undefined): Artifacts => {
  if (identifier === undefined) return settings.artifacts;
  const wish = settings.secondaryArtifacts?.find(({ artifactIdentifier }) => artifactIdentifier === identifier);
  if (!wish) throw clientError(`no artifact ${identifier} in the project`);
  return wish;
};

/** `path/namespace/name`; without packaging a name of `/` means the folder itself. */
const keyOf = (build: BuildRecord, wish: Artifacts, { name, s3Prefix }: BuildArtifact): string => {
  const namespace = wish.namespaceType === "BUILD_ID" ? (build.id.split(":")[1] ?? "") : "";
  const parts = [s3Prefix ?? "", wish.path ?? "", namespace, name ?? wish.name ?? build.projectName];
  return posix.join(...parts.map((part) => part.replace(/^\/+|\/+$/g, ""))).replace(/^\.$/, "");
};

const putArchive = async (
  ctx: Context,
  bucket: string,
  key: string,
  { files, identifier }: BuildArtifact,
  directory: string,
) => {
  const archive = join(directory, `artifact-${identifier ?? "primary"}.zip`);
  await packZip(files, archive);
  await putFile(ctx, bucket, key, archive);
  await rm(archive);
};

/** Differs: objects are encrypted as the bucket says; the project's key is not named. */
const putFile = async (ctx: Context, Bucket: string, Key: string, path: string): Promise<void> => {
  const { size } = await stat(path);
  await ctx.call("s3", "PutObject", { Bucket, Key, Body: createReadStream(path), ContentLength: size });
};
