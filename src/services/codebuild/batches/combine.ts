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
import type { Room } from "../room.ts";
import { changeBatch } from "./change.ts";
import type { BatchRecord } from "./records.ts";

/**
 * COMBINE_ARTIFACTS: where the project wants it, what all builds have left becomes one artifact, with a folder for each. Files
 * that are not packed lie in their folders already.
 */
export const combineArtifacts = async (room: Room, id: string): Promise<void> => {
  const batch = known(room.batches.get(id), `batch ${id}`);
  const { artifacts, serviceRole } = batch.settings;
  if (!batch.config.combineArtifacts || artifacts.type === "NO_ARTIFACTS") return;
  const bucket = (artifacts.location ?? "").replace(/^arn:[^:]+:s3:::/, "");
  const { ctx } = await assumeServiceRole(room, serviceRole, batch.arn, sessionNameOf(batch.arn));
  const key = keyOf(batch);
  if (artifacts.packaging === "ZIP" || artifacts.type === "CODEPIPELINE") await combine(room, ctx, batch, bucket, key);
  const artifactLocation = `arn:${ctx.partition}:s3:::${bucket}/${key}`;
  changeBatch(room, id, (now) => ({ ...now, artifactLocation }));
};

const keyOf = ({ settings: { artifacts }, projectName, id }: BatchRecord): string => {
  const namespace = artifacts.namespaceType === "BUILD_ID" ? (id.split(":")[1] ?? "") : "";
  return posix.join(artifacts.path ?? "", namespace, artifacts.name ?? projectName).replace(/^\/+/, "");
};

const combine = async (room: Room, ctx: Context, batch: BatchRecord, bucket: string, key: string): Promise<void> => {
  const folder = join(room.deps.workspace("builds"), `batch-${batch.id.split(":")[1]}`);
  const content = join(folder, "content");
  try {
    for (const { task, current } of batch.groups.slice(1)) {
      const location = current && room.builds.get(current.id)?.artifactLocations[""];
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
