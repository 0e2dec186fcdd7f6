import { createUploader, type Uploader } from "../../awscli/cloudformation/upload.ts";
import { CliError } from "../../awscli/io.ts";
import type { SamCall } from "../command.ts";
import { artifactMetadata } from "../options/metadata.ts";
import { service } from "../services.ts";

/** Sends what is packaged to a bucket as the options say; without one, the first thing to send is refused. */
export const uploaderTo = async (call: SamCall, bucket: string | undefined): Promise<Uploader> => {
  if (bucket === undefined) return { bucket: "", upload: () => Promise.reject(new CliError(NO_BUCKET)) };
  const { given, io } = call;
  const metadata = artifactMetadata(given.text("metadata"));
  const upload = {
    bucket,
    prefix: given.text("s3_prefix"),
    kmsKeyId: given.text("kms_key_id"),
    force: given.on("force_upload"),
    ...(metadata ? { metadata } : {}),
  };
  const said = given.on("no_progressbar") ? { err: () => {} } : { err: (text: string) => io.err(`\t${text}`) };
  return createUploader(await service("s3api", call), upload, said);
};

const NO_BUCKET =
  "S3 Bucket not specified, use --s3-bucket to specify a bucket name, or use --resolve-s3 to create a managed default bucket, or run sam deploy --guided";
