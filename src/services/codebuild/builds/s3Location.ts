import { clientError } from "../../../engines/build/failure.ts";

/** A bucket and a key within it. */
export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

/** `BUCKET/KEY`, or its ARN. */
export const s3Location = (location: string): S3Location => {
  const [bucket = "", ...key] = location.replace(/^arn:[^:]+:s3:::/, "").split("/");
  if (bucket === "" || key.length === 0) throw clientError(`invalid S3 location: ${location}`);
  return { bucket, key: key.join("/") };
};
