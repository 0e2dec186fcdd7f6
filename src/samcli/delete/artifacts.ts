import { createHash } from "node:crypto";
import type { Sdk } from "../../awscli/clients.ts";
import { listOf } from "../../awscli/s3/listing.ts";
import type { SamCall } from "../command.ts";
import { service } from "../services.ts";

/** Deletes what a deployed template names in S3, and the template itself. False when no bucket is known. */
export const deleteArtifacts = async (call: SamCall, template: string): Promise<boolean> => {
  const { given } = call;
  const named = [...template.matchAll(PLACE)].map(([, bucket = "", key = ""]) => ({ bucket, key }));
  const bucket = given.text("s3_bucket") ?? named[0]?.bucket;
  if (bucket === undefined) return false;
  const sdk = await service("s3api", call);
  const prefix = given.text("s3_prefix");
  const keys = named.filter((place) => place.bucket === bucket).map(({ key }) => key);
  const own = `${createHash("md5").update(template).digest("hex")}.template`;
  const folder = keys[0]?.includes("/") ? keys[0].slice(0, keys[0].lastIndexOf("/") + 1) : "";
  const all = prefix === undefined ? [...keys, `${folder}${own}`] : await keysBelow(sdk, bucket, `${prefix}/`);
  for (const Key of all) {
    call.io.out(`\t- Deleting S3 object with key ${Key}\n`);
    await sdk.send("DeleteObject", { Bucket: bucket, Key });
  }
  return true;
};

const PLACE = /s3:\/\/([a-z0-9.-]+)\/([^\s"',}]+)/g;

const keysBelow = async (sdk: Sdk, Bucket: string, Prefix: string): Promise<readonly string[]> => {
  const keys: string[] = [];
  for (let ContinuationToken: unknown; ; ) {
    const page = await sdk.send("ListObjectsV2", { Bucket, Prefix, ContinuationToken });
    keys.push(...listOf(page["Contents"]).map(({ Key }) => String(Key)));
    ContinuationToken = page["NextContinuationToken"];
    if (ContinuationToken === undefined) return keys;
  }
};
