import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { filesBelow } from "../../../engines/build/walk.ts";
import { packZip } from "../../../engines/build/zip/pack.ts";
import { unpackZip } from "../../../engines/build/zip/unpack.ts";
import type { Context } from "../../../kernel/context.ts";
import { known } from "../../../kernel/errors.ts";
import { assumeServiceRole, sessionNameOf } from "../builds/serviceRole.ts";
import { MAX_SOURCE_BYTES } from "../limits.ts";
import type { ProjectSettings } from "../records.ts";
import type { Room } from "../room.ts";
import { changeBatch } from "./change.ts";
import type { BatchRecord } from "./records.ts";

/**
 * COMBINE_ARTIFACTS: where the project wants it, what all builds have left becomes one artifact, with a folder for each. Files
 * that are not packed lie in their folders already.
 */
export const combineArtifacts = async (room: Room, id: string): Promise<void> => {
  const batch = known(room.batches.get(id), `batch ${id}`);
  if (!batch.config.combineArtifacts) return;
  const { artifacts, secondaryArtifacts = [], serviceRole } = batch.settings;
  const wanted = [artifacts, ...secondaryArtifacts].filter(({ type }) => type !== "NO_ARTIFACTS");
  if (wanted.length === 0) return;
  const { ctx } = await assumeServiceRole(room, serviceRole, batch.arn, sessionNameOf(batch.arn));
  for (const wish of wanted) {
    const identifier = wish === artifacts ? "" : (wish.artifactIdentifier ?? "");
    const place = placeOf(batch, wish, identifier);
    if (wish.packaging === "ZIP" || wish.type === "CODEPIPELINE") await combine(room, ctx, batch, place);
    const location = `arn:${ctx.partition}:s3:::${place.bucket}/${place.key}`;
    changeBatch(room, id, (now) => ({
      ...now,
      artifactLocations: { ...now.artifactLocations, [identifier]: location },
    }));
  }
};

/** Where what all builds left of one artifact goes. */
interface Place {
  /** Empty for the primary artifact. */
  readonly identifier: string;
  readonly bucket: string;
  readonly key: string;
}

const placeOf = (
  { projectName, id }: BatchRecord,
  { location = "", namespaceType, path = "", name }: ProjectSettings["artifacts"],
  identifier: string,
): Place => {
  const namespace = namespaceType === "BUILD_ID" ? (id.split(":")[1] ?? "") : "";
  return {
    identifier,
    bucket: location.replace(/^arn:[^:]+:s3:::/, ""),
    key: posix.join(path, namespace, name ?? projectName).replace(/^\/+/, ""),
  };
};

const combine = async (room: Room, ctx: Context, batch: BatchRecord, place: Place): Promise<void> => {
  const { identifier, bucket, key } = place;
  const folder = join(room.deps.workspace("builds"), `batch-${batch.id.split(":")[1]}`);
  const content = join(folder, "content");
  try {
    await mkdir(content, { recursive: true });
    for (const { task, current } of batch.groups.slice(1)) {
      const location = current && room.builds.get(current.id)?.artifactLocations[identifier];
      if (!location) continue;
      const Key = location.split(":::")[1]?.slice(bucket.length + 1) ?? "";
      const into = join(content, task.identifier);
      await mkdir(into, { recursive: true });
      const { Body } = await ctx.call("s3", "GetObject", { Bucket: bucket, Key });
      const archive = `${into}.zip`;
      await pipeline(Readable.from(known(Body, "the artifact's body")), createWriteStream(archive));
      await unpackZip(archive, into, { maxEntries: 500_000, maxBytes: MAX_SOURCE_BYTES });
      await rm(archive);
      await ctx.call("s3", "DeleteObject", { Bucket: bucket, Key });
    }
    const combined = join(folder, "combined.zip");
    await packZip(await filesBelow(content, "", { keepLinks: true }), combined);
    const { size } = await stat(combined);
    const Body = createReadStream(combined);
    await ctx.call("s3", "PutObject", { Bucket: bucket, Key: key, Body, ContentLength: size });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
