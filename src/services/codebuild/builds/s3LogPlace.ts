import { posix } from "node:path";
import type { ProjectSettings } from "../records.ts";

/** Where a build's log goes in S3: `PREFIX/UUID.gz` in the bucket of the project's `s3Logs`; absent when it goes nowhere. */
export const s3LogPlace = (
  { logsConfig }: ProjectSettings,
  uuid: string,
): { readonly bucket: string; readonly key: string } | undefined => {
  const config = logsConfig?.s3Logs;
  if (config?.status !== "ENABLED" || !config.location) return undefined;
  const [bucket = "", ...prefix] = config.location.replace(/^arn:[^:]+:s3:::/, "").split("/");
  return { bucket, key: posix.join(...prefix, `${uuid}.gz`) };
};
