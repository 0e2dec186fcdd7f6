import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import type { Principal } from "../../../kernel/principal.ts";
import { canonicalId } from "../grants.ts";
import type { BucketRecord } from "../records.ts";
import type { Seen } from "./callers.ts";
import { operationName } from "./operationName.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html

/** A request to a bucket and what was answered. */
export interface Access {
  readonly bucket: BucketRecord;
  /** Percent-escapes untouched; empty for the bucket itself. */
  readonly key: string;
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  readonly seen: Seen | undefined;
  /** Of the object that was read or written. */
  readonly objectSize: number | undefined;
  /** Milliseconds since the epoch. */
  readonly answeredAt: number;
}

/** A line of an access log. AWS: what is not known is a dash. */
export const lineOf = ({ bucket, key, request, response, seen, objectSize, answeredAt }: Access): string => {
  const took = seen ? answeredAt - seen.at : undefined;
  const { rawQuery, path, method } = request;
  const sent = sentBytes(response);
  return [
    canonicalId(bucket.account),
    bucket.name,
    `[${timeOf(seen?.at ?? answeredAt)}]`,
    request.remoteAddress ?? "-",
    requesterOf(seen?.principal),
    said(response, "x-amz-request-id") ?? "-",
    operationName(request, key !== ""),
    key === "" ? "-" : key,
    quoted(`${method} ${path}${rawQuery === "" ? "" : `?${rawQuery}`} HTTP/1.1`),
    response.status,
    errorCodeOf(response) ?? "-",
    method === "HEAD" || sent === 0 ? "-" : sent,
    objectSize ?? "-",
    took ?? "-",
    took ?? "-",
    quoted(header(request.headers, "referer") ?? "-"),
    quoted(header(request.headers, "user-agent") ?? "-"),
    said(response, "x-amz-version-id") ?? "-",
    said(response, "x-amz-id-2") ?? "-",
    ...signatureOf(request),
    request.host,
    request.isSecure ? "TLSv1.2" : "-",
    "-",
    "-",
  ].join(" ");
};

const sentBytes = (response: HttpResponse): number => {
  const { body } = response;
  if (typeof body === "string") return Buffer.byteLength(body);
  return body instanceof Uint8Array ? body.length : Number(said(response, "content-length") ?? 0);
};

const said = ({ headers }: HttpResponse, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === "string" ? value : value?.[0];
};

/** AWS: a root is told by its canonical id, others by their ARN, and nobody by a dash. */
const requesterOf = (principal: Principal | undefined): string => {
  if (!principal || principal.kind === "anonymous" || principal.kind === "federated") return "-";
  if (principal.kind === "root") return canonicalId(principal.account);
  return principal.kind === "service" ? principal.service : principal.arn;
};

const errorCodeOf = ({ status, body }: HttpResponse): string | undefined =>
  status >= 400 && typeof body === "string" ? /<Code>([^<]+)<\/Code>/.exec(body)?.[1] : undefined;

/** How it was signed, under which cipher, and where the signature stood. */
const signatureOf = ({ headers, rawQuery }: HttpRequest): readonly [string, string, string] => {
  if (header(headers, "authorization") !== undefined) return ["SigV4", "-", "AuthHeader"];
  return rawQuery.includes("X-Amz-Signature=") ? ["SigV4", "-", "QueryString"] : ["-", "-", "-"];
};

const quoted = (text: string): string => (text === "-" ? '"-"' : `"${text.replaceAll('"', "%22")}"`);

/** `06/Feb/2019:00:00:38 +0000` */
const timeOf = (at: number): string => {
  const [, day = "", month = "", year = "", time = ""] =
    /^\w+, (\d\d) (\w+) (\d+) (\S+)/.exec(new Date(at).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
};
