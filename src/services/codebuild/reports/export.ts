import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { posix } from "node:path";
import type { ArtifactFile } from "../../../engines/build/ports.ts";
import { packZip } from "../../../engines/build/zip/pack.ts";
import type { ServiceRole } from "../builds/serviceRole.ts";
import type { ReportGroupRecord } from "../records.ts";
import type { ReportRecord } from "./records.ts";

/** Puts a report's raw files into the bucket its group exports to, as they are or as one archive. */
export const exportReport = async (
  { ctx }: ServiceRole,
  { exportConfig, name }: ReportGroupRecord,
  { arn }: ReportRecord,
  files: readonly ArtifactFile[],
  archive: string,
): Promise<void> => {
  const target = exportConfig?.exportConfigType === "S3" ? exportConfig.s3Destination : undefined;
  if (!target) return;
  const put = async (key: string, path: string) => {
    const { size } = await stat(path);
    const Key = posix.join(target.path ?? "", name, key);
    await ctx.call("s3", "PutObject", {
      Bucket: (target.bucket ?? "").replace(/^arn:[^:]+:s3:::/, ""),
      Key,
      Body: createReadStream(path),
      ContentLength: size,
    });
  };
  const id = arn.split(":").at(-1) ?? "";
  if (target.packaging !== "ZIP") {
    for (const file of files) await put(posix.join(id, file.name), file.path);
    return;
  }
  await packZip(files, archive);
  await put(`${id}.zip`, archive);
  await rm(archive);
};
