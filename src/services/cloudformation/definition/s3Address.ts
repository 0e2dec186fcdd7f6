/** An object in S3. */
export interface S3Address {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

/** The object an address names, in any of the forms AWS takes and in those of this cloud; undefined for other addresses. */
export const parseS3Address = (text: string): S3Address | undefined => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const path = url.pathname.slice(1).split("/").map(decodeURIComponent);
  const versionId = url.searchParams.get("versionId") ?? undefined;
  if (url.protocol === "s3:") return whole(url.hostname, path.join("/"), versionId);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  const bucket = (BUCKET_HOST.exec(url.hostname) ?? LOCAL_BUCKET_HOST.exec(url.hostname))?.[1];
  if (bucket !== undefined) return whole(bucket, path.join("/"), versionId);
  const isS3 = PATH_HOST.test(url.hostname) || LOCAL_HOST.test(url.hostname);
  return isS3 ? whole(path[0] ?? "", path.slice(1).join("/"), versionId) : undefined;
};

const BUCKET_HOST = /^(.+)\.s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/;
const LOCAL_BUCKET_HOST = /^(.+)\.s3\.localhost$/;
const PATH_HOST = /^s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/;
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|s3\.localhost)$/;

const whole = (bucket: string, key: string, versionId: string | undefined): S3Address | undefined =>
  bucket === "" || key === "" ? undefined : { bucket, key, versionId };
