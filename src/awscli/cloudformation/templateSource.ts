import { readFile, stat } from "node:fs/promises";
import { CliError } from "../io.ts";
import type { Uploader } from "./upload.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_INLINE_BYTES = 51_200;

/** A template file as CreateChangeSet takes it: from the bucket, where there is one. */
export const templateSource = async (
  path: string,
  uploader: Uploader | undefined,
  region: string | undefined,
): Promise<object> => {
  if (uploader) return { TemplateURL: templateUrl(uploader.bucket, await uploader.upload(path, "template"), region) };
  const { size } = await stat(path).catch(() => {
    throw new CliError(`\nInvalid template path ${path}`);
  });
  if (size > MAX_INLINE_BYTES)
    throw new CliError(
      "\nTemplates with a size greater than 51,200 bytes must be deployed via an S3 Bucket. Please add the --s3-bucket parameter to your command. The local template will be copied to that S3 bucket and then deployed.",
    );
  return { TemplateBody: await readFile(path, "utf8") };
};

/** Where CloudFormation finds a template that was sent to a bucket. */
export const templateUrl = (bucket: string, key: string, region = "us-east-1"): string =>
  `https://s3.${region}.amazonaws.com/${bucket}/${key}`;
