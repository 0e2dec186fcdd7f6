import { existsSync } from "node:fs";
import { BucketLocationConstraint, CreateBucketCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { loadSdk } from "../awscli/clients.ts";
import { packageFile } from "../awscli/cloudformation/package.ts";
import { createUploader, type Uploader } from "../awscli/cloudformation/upload.ts";
import { CliError as PackageError } from "../awscli/io.ts";
import { errorCode } from "../kernel/errors.ts";
import { findTemplate } from "../launch/init/project.ts";
import { type Clients, clientsFor, type Target } from "../launch/target.ts";
import { CliError } from "./failure.ts";
import type { Output } from "./render/output.ts";
import { UsageError } from "./settings.ts";

/** What is packaged, and where it goes. */
export interface PackageOptions {
  readonly template?: string;
  readonly bucket?: string;
  readonly prefix?: string;
}

export interface Packaged {
  readonly text: string;
  readonly bucket: string;
  readonly uploaded: readonly string[];
  readonly unchanged: readonly string[];
  /** For the template itself, when it is too long to be sent along. */
  readonly uploader: Uploader;
}

/** The template named, or the one that lies here under a name that SAM knows. */
export const templatePath = (given: string | undefined): string => {
  const found = given ?? findTemplate(".");
  if (found === undefined) throw new UsageError("There is no template.yaml here; name the template with --template.");
  if (!existsSync(found)) throw new UsageError(`There is no template ${found}.`);
  return found;
};

/** Sends what a template names to S3, each file under the digest of what it holds; what is there already stays. */
export const packageFor = async (target: Target, options: PackageOptions, output: Output): Promise<Packaged> => {
  const path = templatePath(options.template);
  const clients = clientsFor(target);
  const bucket = options.bucket ?? (await ownBucket(clients, target, output));
  const uploaded: string[] = [];
  const unchanged: string[] = [];
  const sdk = await loadSdk("s3api", globalsOf(target), { clientConfig: configOf(target) });
  let wasSent = false;
  const sender = {
    send: async (operation: string, input: object) => {
      const answer = await sdk.send(operation, input);
      wasSent ||= operation === "PutObject";
      return answer;
    },
  };
  const upload = { bucket, prefix: options.prefix, kmsKeyId: undefined, force: false };
  const plain = createUploader(sender, upload, { err: () => {} });
  const uploader: Uploader = {
    bucket,
    upload: async (...file) => {
      wasSent = false;
      const key = await plain.upload(...file);
      (wasSent ? uploaded : unchanged).push(key);
      output.line(`${wasSent ? "uploaded " : "unchanged"}  ${key}`);
      return key;
    },
  };
  try {
    const text = await packageFile(path, { uploader, region: target.region, useJson: path.endsWith(".json") });
    return { text, bucket, uploaded, unchanged, uploader };
  } catch (error) {
    if (error instanceof PackageError) throw new CliError(error.message.trim(), "aloft package --template <file>");
    throw error;
  }
};

/** A bucket of aloft's own, made when it is first needed. */
const ownBucket = async ({ s3, sts }: Clients, { region }: Target, output: Output): Promise<string> => {
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  const Bucket = `aloft-artifacts-${Account}-${region}`;
  try {
    await s3.send(new HeadBucketCommand({ Bucket }));
  } catch (error) {
    if (!["NotFound", "NoSuchBucket", "404"].includes(errorCode(error))) throw error;
    await s3.send(new CreateBucketCommand({ Bucket, ...placeOf(region) }));
    output.line(`made       the bucket ${Bucket}`);
  }
  return Bucket;
};

/** AWS: the first region is the one that may not be named. */
const placeOf = (region: string) => {
  const LocationConstraint = Object.values(BucketLocationConstraint).find((location) => location === region);
  return LocationConstraint === undefined ? {} : { CreateBucketConfiguration: { LocationConstraint } };
};

const globalsOf = ({ region, endpoint }: Target) => ({ region, ...(endpoint ? { endpointUrl: endpoint } : {}) });

const configOf = ({ endpoint, credentials }: Target) => ({
  ...(credentials ? { credentials } : {}),
  ...(endpoint ? { forcePathStyle: true } : {}),
});
