import { known } from "../../../kernel/errors.ts";
import { type FrontDoor, type HttpRequest, header } from "../../../kernel/http.ts";
import { s3Address } from "../../../kernel/s3Address.ts";
import { isS3Room } from "../isRoom.ts";
import type { PolicySigner } from "./postObject.ts";

interface PostParts {
  /** Gives S3's room where it is open. */
  readonly peek: () => unknown;
  readonly open: () => Promise<unknown>;
  readonly signer: PolicySigner;
}

/** The door for uploads by HTML forms: a POST to a bucket that says no operation and bears no signature of its own. */
export const postDoor =
  ({ peek, open, signer }: PostParts): FrontDoor =>
  (request) => {
    const bucket = formBucket(request);
    if (bucket === undefined) return undefined;
    const room = peek();
    const isForm = /^multipart\/form-data\b/i.test(header(request.headers, "content-type") ?? "");
    if (!isForm && !(isS3Room(room) && room.buckets.has(bucket))) return undefined;
    return import("./postObject.ts").then(async ({ postObject }) => {
      const opened = await open();
      return postObject(known(isS3Room(opened) ? opened : undefined, "S3's room"), request, bucket, signer);
    });
  };

const formBucket = (request: HttpRequest): string | undefined => {
  const { method, rawQuery, headers, path } = request;
  if (method !== "POST" || rawQuery !== "" || path.startsWith("/_")) return undefined;
  if (headers["authorization"] !== undefined || headers["x-amz-target"] !== undefined) return undefined;
  const address = s3Address(request);
  return address.path === "/" ? address.bucket : undefined;
};
