import { gunzipSync } from "node:zlib";
import { numberOf, objectOf, textOf } from "../../../engines/states/values.ts";
import { bytesOf } from "../../../kernel/body.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorMessage, isRefusal } from "../../../kernel/errors.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import { limited, parseItems, unreadable } from "./parseItems.ts";

/** The items of the dataset that an ItemReader names. Throws a StateFailure when there are none to be had. */
export const readItems = async (ctx: Context, reader: JsonObject): Promise<readonly JsonValue[]> => {
  const [args, config] = [objectOf(reader, "Arguments") ?? {}, objectOf(reader, "ReaderConfig") ?? {}];
  const isList = textOf(reader, "Resource")?.endsWith(":s3:listObjectsV2") ?? false;
  limited([], config);
  try {
    return limited(isList ? await listed(ctx, args, config) : await parsedObject(ctx, args, config), config);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw unreadable(errorMessage(error));
  }
};

const parsedObject = async (ctx: Context, args: JsonObject, config: JsonObject): Promise<readonly JsonValue[]> => {
  const version = textOf(args, "VersionId");
  const { Body } = await ctx.call("s3", "GetObject", {
    Bucket: textOf(args, "Bucket"),
    Key: textOf(args, "Key"),
    ...(version === undefined ? {} : { VersionId: version }),
  });
  return parseItems(unzipped(await bytesOf(Body)).toString(), config);
};

/** AWS: objects that were packed by gzip are read as what they hold. */
const unzipped = (bytes: Uint8Array): Buffer => {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return Buffer.from(bytes);
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw unreadable(errorMessage(error));
  }
};

const listed = async (ctx: Context, args: JsonObject, config: JsonObject): Promise<readonly JsonValue[]> => {
  const [Bucket, Prefix] = [textOf(args, "Bucket"), textOf(args, "Prefix")];
  const most = numberOf(config, "MaxItems") || Number.POSITIVE_INFINITY;
  const isLoaded = textOf(config, "Transformation") === "LOAD_AND_FLATTEN";
  const items: JsonValue[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await ctx.call("s3", "ListObjectsV2", {
      Bucket,
      ContinuationToken,
      ...(Prefix === undefined ? {} : { Prefix }),
    });
    for (const { ETag = "", Key = "", LastModified, Size = 0, StorageClass = "STANDARD" } of page.Contents ?? []) {
      const LastModifiedAt = Math.floor((LastModified?.getTime() ?? 0) / 1000);
      if (isLoaded) items.push(...(await parsedObject(ctx, { ...args, Key }, config)));
      else items.push({ Etag: ETag, Key, LastModified: LastModifiedAt, Size, StorageClass });
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined && items.length < most);
  return items;
};
