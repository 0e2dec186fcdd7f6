import { isUtf8 } from "node:buffer";
import { hash } from "node:crypto";
import type { HttpHeaders } from "../../kernel/http.ts";
import { uriEncodePath, uriReencode, uriReencodePath } from "./uriEncoding.ts";

/** What a signature covers besides the body. */
export interface SignedHead {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly rawQuery: string;
  /** By lower-case name, `host` among them. */
  readonly headers: HttpHeaders;
}

/**
 * The canonical request of Signature Version 4.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const canonicalRequest = (
  head: SignedHead,
  { signedHeaders, payloadHash, s3 }: { signedHeaders: string; payloadHash: string; s3: boolean },
): string => {
  const path = s3 ? canonicalS3Path(head.path) : canonicalPath(head.path);
  const query = canonicalQuery(head.rawQuery);
  const headers = canonicalHeaders(head.headers, signedHeaders);
  return `${head.method}\n${path}\n${query}\n${headers}\n${signedHeaders}\n${payloadHash}`;
};

/** The text that is signed: when, for whom, and the hash of the canonical request. */
export const stringToSign = (timestamp: string, scope: string, canonical: string): string =>
  `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${hash("sha256", canonical)}`;

/** The query parameter that holds the signature itself, and so is not part of what it covers. */
const SIGNATURE_PARAMETER = "X-Amz-Signature=";

// AWS: S3 signs keys as they are, `a//b` and `a/../b` included, encoded once.
const canonicalS3Path = (path: string): string => uriReencodePath(path);

// AWS: every other service signs the normalized path, each segment of the encoded path encoded again.
const canonicalPath = (path: string): string => {
  if (path === "/" || path === "") return "/";
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === "..") segments.pop();
    else segments.push(segment);
  }
  const trailing = path.endsWith("/") && segments.length > 0 ? "/" : "";
  return uriEncodePath(`/${segments.join("/")}${trailing}`);
};

const canonicalQuery = (rawQuery: string): string => {
  if (rawQuery === "") return "";
  const parameters: [name: string, value: string][] = [];
  for (const parameter of rawQuery.split("&")) {
    if (parameter === "" || parameter.startsWith(SIGNATURE_PARAMETER)) continue;
    const equals = parameter.indexOf("=");
    const name = equals < 0 ? parameter : parameter.slice(0, equals);
    const value = equals < 0 ? "" : parameter.slice(equals + 1);
    parameters.push([uriReencode(spaced(name)), uriReencode(spaced(value))]);
  }
  parameters.sort(byNameThenValue);
  return parameters.map(([name, value]) => `${name}=${value}`).join("&");
};

/** A plus in a query is read as a space, and is therefore signed as one. */
const spaced = (text: string): string => (text.includes("+") ? text.replaceAll("+", "%20") : text);

const byNameThenValue = (left: readonly [string, string], right: readonly [string, string]): number =>
  compare(left[0], right[0]) || compare(left[1], right[1]);

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const canonicalHeaders = (headers: HttpHeaders, signedHeaders: string): string => {
  let canonical = "";
  for (const name of signedHeaders.split(";")) canonical += `${name}:${canonicalValue(headers[name])}\n`;
  return canonical;
};

const canonicalValue = (value: string | readonly string[] | undefined): string => {
  if (value === undefined) return "";
  return typeof value === "string" ? collapse(value) : value.map(collapse).join(",");
};

const collapse = (value: string): string => {
  const trimmed = asSigned(value).trim();
  return trimmed.includes("  ") ? trimmed.replace(/ {2,}/g, " ") : trimmed;
};

/** Clients sign the text of their headers, and send it as UTF-8; Node tells a letter for each byte of that. */
const asSigned = (value: string): string => {
  if (!/[\x80-\xff]/.test(value)) return value;
  const bytes = Buffer.from(value, "latin1");
  return isUtf8(bytes) && bytes.toString("latin1") === value ? bytes.toString() : value;
};
