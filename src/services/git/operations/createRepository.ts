import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { BodyOut } from "../../../kernel/aws.ts";
import type { Context } from "../../../kernel/context.ts";
import { DEFAULT_BRANCH } from "../bareRepository.ts";
import { badCode, invalidName, nameTaken } from "../errors.ts";
import { MAX_CODE_BYTES, OWNER, REPOSITORY } from "../limits.ts";
import { newRepository } from "../newRepository.ts";
import type { Operation, Room } from "../room.ts";

export const createRepository =
  (room: Room): Operation<"CreateRepository"> =>
  async (ctx, { owner, name, description, accessToken, code }) => {
    if (!OWNER.test(owner)) throw invalidName("The owner's name", owner);
    if (!REPOSITORY.test(name)) throw invalidName("The repository's name", name);
    if (room.repositories.get({ owner, name })) throw nameTaken();
    const files = code && (await codeOf(ctx, code));
    await newRepository(room, { owner, name }, { description, accessToken, code: files });
    return { defaultBranch: DEFAULT_BRANCH };
  };

/** AWS reads the zip as whoever creates the repository. */
const codeOf = async (
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
