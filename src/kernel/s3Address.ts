import type { HttpRequest } from "./http.ts";

/** Which bucket a request to S3 names, and the path below it. */
export interface S3Address {
  readonly bucket: string | undefined;
  /** Starts with `/`; the key, percent-escapes untouched. */
  readonly path: string;
}

/** `BUCKET.s3.localhost`, `BUCKET.s3.us-east-1.amazonaws.com` and their like; the bucket itself may hold dots. */
const VIRTUAL_HOST = /^(.+)\.s3(?:[.-][a-z0-9-]+)*?\.(?:localhost|amazonaws\.com(?:\.cn)?)(?::\d+)?$/i;

/**
 * `BUCKET.localhost`, which clients make of the endpoint `http://localhost:4566`. Only names without a dot: custom domains of
 * APIs stand below localhost as well.
 */
const PLAIN_HOST = /^([a-z0-9][a-z0-9-]+[a-z0-9])\.localhost(?::\d+)?$/i;

/** Buckets are named by the host or by the first segment of the path. */
export const s3Address = (request: Pick<HttpRequest, "host" | "path">): S3Address => {
  const bucket = (VIRTUAL_HOST.exec(request.host) ?? PLAIN_HOST.exec(request.host))?.[1];
  if (bucket) return { bucket, path: request.path };
  const slash = request.path.indexOf("/", 1);
  const first = slash === -1 ? request.path.slice(1) : request.path.slice(1, slash);
  if (first === "") return { bucket: undefined, path: "/" };
  return { bucket: decoded(first), path: slash === -1 ? "/" : request.path.slice(slash) };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: no bucket has such a name, and S3 says so.
    return text;
  }
};
