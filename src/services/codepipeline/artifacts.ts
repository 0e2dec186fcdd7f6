import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";
import { ZipFile } from "yazl";
import type { ActionRun, ArtifactPlace, NamedArtifact } from "../../engines/pipeline/model.ts";
import { ActionFailure } from "../../engines/pipeline/runAction.ts";
import type { BodyOut } from "../../kernel/aws.ts";
import { cloneReferenceIn } from "../../kernel/cloneReference.ts";
import type { Context } from "../../kernel/context.ts";
import { known } from "../../kernel/errors.ts";
import { unlessDenied } from "./act/refusals.ts";
import { MAX_ARTIFACT_BYTES } from "./limits.ts";
import type { PipelineRecord } from "./records.ts";
import type { Room } from "./room.ts";

const KEY_LENGTH = 7;

/** Where a pipeline's artifacts lie in a region: each region that has actions has a store of its own. */
export const storeIn = ({ declaration }: PipelineRecord, region: string) =>
  known(declaration.artifactStore ?? declaration.artifactStores?.[region], `the artifact store of ${region}`);

/** What an artifact is made for: an action of a pipeline. */
interface Making {
  readonly room: Pick<Room, "ids" | "deps">;
  readonly pipeline: PipelineRecord;
  readonly run: Pick<ActionRun, "action">;
}

/** AWS: an artifact's key is the pipeline's name, cut to 20 characters, the artifact's, cut to 10, and a random tail. */
export const newArtifact = ({ room, pipeline, run }: Making, artifact: string): NamedArtifact => {
  const store = storeIn(pipeline, run.action.region ?? room.deps.region);
  const key = `${pipeline.name.slice(0, 20)}/${artifact.slice(0, 10)}/${room.ids.mixed(KEY_LENGTH)}`;
  return { name: artifact, bucket: store.location, key };
};

/** Where an action's output artifacts go; told by the run's id, so that they are the same after a crash. */
export const outputPlaces = (
  room: Making["room"],
  pipeline: PipelineRecord,
  run: Pick<ActionRun, "id" | "action">,
): readonly NamedArtifact[] =>
  run.action.outputArtifacts.map((name) => ({
    ...newArtifact({ room, pipeline, run }, name),
    key: `${pipeline.name.slice(0, 20)}/${name.slice(0, 10)}/${run.id.replaceAll("-", "").slice(0, KEY_LENGTH)}`,
  }));

/** Puts an artifact into the store of the region, encrypted with the store's key where it names one. */
export const putArtifact = async (
  ctx: Context,
  pipeline: PipelineRecord,
  { bucket, key }: ArtifactPlace,
  bytes: Uint8Array,
): Promise<void> => {
  const encryption = storeIn(pipeline, ctx.region).encryptionKey;
  const stored = ctx.call("s3", "PutObject", {
    Bucket: bucket,
    Key: key,
    Body: Readable.from([bytes]),
    ContentLength: bytes.byteLength,
    ContentType: "application/zip",
    // By this a run tells what its actions took.
    ChecksumAlgorithm: "SHA256",
    ...(encryption ? { ServerSideEncryption: "aws:kms" as const, SSEKMSKeyId: encryption.id } : {}),
  });
  await unlessDenied(
    stored,
    (denial) => `The provided role does not have permissions to perform this action. Underlying error: ${denial}`,
  );
};

/** AWS: what an action takes in is copied into the store of its region, unless it is there. */
export const broughtIn = async (
  ctx: Context,
  pipeline: PipelineRecord,
  artifacts: readonly NamedArtifact[],
): Promise<readonly NamedArtifact[]> => {
  if (!pipeline.declaration.artifactStores) return artifacts;
  const { location: bucket } = storeIn(pipeline, ctx.region);
  return Promise.all(
    artifacts.map(async (artifact) => {
      if (artifact.bucket === bucket) return artifact;
      const copy = { ...artifact, bucket };
      await putArtifact(ctx, pipeline, copy, await getArtifact(ctx, artifact));
      return copy;
    }),
  );
};

export const getArtifact = async (ctx: Context, { bucket, key }: ArtifactPlace): Promise<Buffer> => {
  const { Body, ContentLength = 0 } = await unlessDenied(
    ctx.call("s3", "GetObject", { Bucket: bucket, Key: key }),
    () =>
      `Unable to access the artifact with Amazon S3 object key '${key}' located in the Amazon S3 artifact bucket '${bucket}'. The provided role does not have sufficient permissions.`,
  );
  if (ContentLength > MAX_ARTIFACT_BYTES)
    throw new ActionFailure(
      "JobFailed",
      `The artifact s3://${bucket}/${key} is larger than ${MAX_ARTIFACT_BYTES} bytes.`,
    );
  return bytesOf(Body);
};

export const bytesOf = async (body: BodyOut | undefined): Promise<Buffer> => {
  if (body === undefined) return Buffer.alloc(0);
  return typeof body === "string" || body instanceof Uint8Array ? Buffer.from(body) : buffer(Readable.from(body));
};

/** The files of a zip, one after the other; folders are left out. */
export async function* filesOf(zip: Buffer): AsyncIterable<{ readonly name: string; bytes(): Promise<Buffer> }> {
  if (cloneReferenceIn(zip))
    throw new ActionFailure(
      "ConfigurationError",
      "The artifact is a reference to a repository (CODEBUILD_CLONE_REF), which CodeBuild actions alone can take.",
    );
  const opened = await fromBufferPromise(zip, { lazyEntries: true, autoClose: true });
  for await (const entry of opened.eachEntry()) {
    if (entry.fileName.endsWith("/")) continue;
    yield {
      name: entry.fileName,
      bytes: async () => {
        if (entry.uncompressedSize > MAX_ARTIFACT_BYTES)
          throw new ActionFailure("JobFailed", `${entry.fileName} is too large.`);
        return buffer(await opened.openReadStreamPromise(entry));
      },
    };
  }
}

/** One file of an artifact, named `Artifact::path`. Throws AWS's words when the artifact or the file is not there. */
export const fileOf = async (ctx: Context, inputs: readonly NamedArtifact[], reference: string): Promise<string> => {
  const [artifactName = "", path = ""] = reference.split("::");
  const artifact = inputs.find(({ name }) => name === artifactName);
  if (!artifact)
    throw new ActionFailure(
      "ConfigurationError",
      `The artifact ${artifactName} of ${reference} is not among the action's inputs.`,
    );
  for await (const file of filesOf(await getArtifact(ctx, artifact))) {
    if (file.name === path) return (await file.bytes()).toString();
  }
  throw new ActionFailure("ConfigurationError", `File [${path}] does not exist in artifact [${artifactName}]`);
};

/** A zip with one file. */
export const zipOf = async (name: string, text: string): Promise<Buffer> => {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(text), name, { mtime: new Date(1980, 0, 1), forceDosTimestamp: true });
  zip.end();
  return buffer(Readable.from(zip.outputStream));
};
