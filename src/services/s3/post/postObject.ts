import { Readable } from "node:stream";
import { AwsError, errorCode, errorMessage, isRefusal } from "../../../kernel/errors.ts";
import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import type { Principal } from "../../../kernel/principal.ts";
import type { Room } from "../room.ts";
import { readForm } from "./form.ts";
import { fromForm } from "./fromForm.ts";
import { putInputFrom } from "./input.ts";
import { checkPolicy, type SizeRange } from "./policy.ts";
import { refusalResponse, writtenResponse } from "./responses.ts";

/** Whose signature the policy of a form bears, and the time its clients go by; undefined where it bears none. Throws S3's refusals. */
export type PolicySigner = (
  field: (name: string) => string | undefined,
) => { readonly principal: Principal; readonly machineTime: number } | undefined;

/**
 * Takes an upload by an HTML form.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export const postObject = async (
  room: Room,
  request: HttpRequest,
  bucket: string,
  signer: PolicySigner,
): Promise<HttpResponse> => {
  const requestId = room.ids.upper(REQUEST_ID_LENGTH);
  try {
    return await store(room, request, bucket, signer);
  } catch (error) {
    // Whoever sends a file that nobody wants is heard out, so that the answer reaches them.
    request.body.unpipe();
    request.body.resume();
    if (error instanceof AwsError) return refusalResponse(error, requestId);
    if (!isRefusal(error)) throw error;
    return refusalResponse(new AwsError(errorCode(error), errorMessage(error)), requestId);
  }
};

const REQUEST_ID_LENGTH = 16;

const store = async (room: Room, request: HttpRequest, bucket: string, signer: PolicySigner): Promise<HttpResponse> => {
  const form = await readForm(header(request.headers, "content-type") ?? "", request.body);
  const { fields, filename } = form;
  const signed = signer((name) => fields.get(name));
  const owner = room.buckets.get(bucket)?.account ?? "";
  const principal = signed?.principal ?? { kind: "anonymous" as const, account: owner };
  // AWS: a form without a signature is nobody's, whatever policy it brings.
  const range = signed && checkPolicy(fields.get("policy") ?? "", fields, bucket, signed.machineTime);
  const input = putInputFrom(bucket, fields, filename);
  const Body = range ? withinRange(form.file, range) : form.file;
  const ctx = room.contextAs(principal, undefined, undefined, request.remoteAddress);
  const withBody = { ...input, Body, [fromForm]: true };
  const output = await ctx.call("s3", "PutObject", withBody);
  return writtenResponse({ request, fields, bucket, key: input.Key, output });
};

/** A file as long as it is within its range; its reader is told at its end when it was not. */
const withinRange = (file: Readable, range: SizeRange): Readable =>
  Readable.from(counted(file, range), { objectMode: false });

async function* counted(file: Readable, { min, max }: SizeRange): AsyncGenerator<Uint8Array, undefined> {
  let size = 0;
  for await (const chunk of file) {
    size += chunk.byteLength;
    if (size <= max) yield chunk;
  }
  if (size > max) throw outOfRange("EntityTooLarge", size, { MaxSizeAllowed: String(max) });
  if (size < min) throw outOfRange("EntityTooSmall", size, { MinSizeAllowed: String(min) });
}

const outOfRange = (
  code: "EntityTooLarge" | "EntityTooSmall",
  size: number,
  limit: Readonly<Record<string, string>>,
) => {
  const words = code === "EntityTooLarge" ? "exceeds the maximum" : "is smaller than the minimum";
  return new AwsError(code, `Your proposed upload ${words} allowed size`, 400, {
    ProposedSize: String(size),
    ...limit,
  });
};
