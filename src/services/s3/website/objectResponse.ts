import type { CallOutputs } from "../../../kernel/aws.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import { httpStatus } from "../../../kernel/operation.ts";

type ObjectOutput = CallOutputs["s3"]["GetObject"] & { readonly [httpStatus]?: number };

/** An object as a website sends it. */
export const objectResponse = (output: ObjectOutput): HttpResponse => {
  const status = output[httpStatus] ?? 200;
  const headers: Record<string, string> = {};
  const set = (name: string, value: string | number | undefined) => {
    if (value !== undefined) headers[name] = String(value);
  };
  set("content-type", output.ContentType);
  set("content-length", output.ContentLength);
  set("content-range", output.ContentRange);
  set("content-encoding", output.ContentEncoding);
  set("content-language", output.ContentLanguage);
  set("content-disposition", output.ContentDisposition);
  set("cache-control", output.CacheControl);
  set("expires", output.Expires?.toUTCString());
  set("etag", output.ETag);
  set("last-modified", output.LastModified?.toUTCString());
  for (const [name, value] of Object.entries(output.Metadata ?? {})) set(`x-amz-meta-${name}`, value);
  return { status, headers, ...(output.Body === undefined ? {} : { body: output.Body }) };
};
