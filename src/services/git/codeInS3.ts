import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { BodyOut } from "../../kernel/aws.ts";
import type { Context } from "../../kernel/context.ts";
import { badCode } from "./errors.ts";
import { MAX_CODE_BYTES } from "./limits.ts";

/** AWS reads the zip as whoever creates the repository. */
export const codeOf = async (
  ctx: Context,
  { bucket, key, version }: { readonly bucket: string; readonly key: string; readonly version?: string | undefined },
): Promise<Buffer> => {
  const { Body, ContentLength = 0 } = await ctx.call("s3", "GetObject", {
    Bucket: bucket,
    Key: key,
    VersionId: version,
  });
  if (ContentLength > MAX_CODE_BYTES) throw badCode(`The code in S3 is larger than ${MAX_CODE_BYTES} bytes.`);
  return bytesOf(Body);
};

const bytesOf = async (body: BodyOut | undefined): Promise<Buffer> => {
  if (body === undefined) return Buffer.alloc(0);
  return typeof body === "string" || body instanceof Uint8Array ? Buffer.from(body) : buffer(Readable.from(body));
};
