import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { BuildFailure } from "../../../engines/build/failure.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import type { BuildRecord } from "../records.ts";
import type { CloudWatchLog } from "./cloudWatchLog.ts";

/** A log that is one compressed file, put into its bucket when it is flushed, as the build's role. */
export const openS3Log = async (
  ctx: Context,
  build: BuildRecord,
  place: { readonly bucket: string; readonly key: string },
  directory: string,
): Promise<CloudWatchLog> => {
  const path = join(directory, "log", "build.gz");
  await mkdir(dirname(path), { recursive: true });
  const gzip = createGzip();
  const file = createWriteStream(path);
  // What goes wrong while writing is heard when the log is flushed.
  const written = finished(gzip.pipe(file));
  written.catch(() => {});
  return {
    line: (text) => void gzip.write(`${text}\n`),
    flush: async () => {
      gzip.end();
      try {
        await written;
        const { size } = await stat(path);
        await ctx.call("s3", "PutObject", {
          Bucket: place.bucket,
          Key: place.key,
          Body: createReadStream(path),
          ContentLength: size,
        });
      } catch (error) {
        throw new BuildFailure(
          "ACCESS_DENIED",
          `Service role ${build.settings.serviceRole} does not allow AWS CodeBuild to write the log of ${build.arn} to s3://${place.bucket}/${place.key}. Error message: ${errorMessage(error)}`,
        );
      }
    },
  };
};
