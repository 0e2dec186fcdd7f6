import { EXIT, usageError } from "../io.ts";
import { passes } from "./filters.ts";
import { s3Objects } from "./listing.ts";
import { runSteps, type Step, type Transfer } from "./transfer.ts";
import { s3PlaceOf } from "./uri.ts";

/** `aws s3 rm`. */
export const removeObjects = async (transfer: Transfer): Promise<number> => {
  const { sdk, options } = transfer;
  const [word] = options.positional;
  if (word === undefined) throw usageError("the following arguments are required: paths");
  const place = s3PlaceOf(word);
  if (!options.has("recursive")) return runSteps(transfer, [{ verb: "delete", from: place }]);
  const steps: Step[] = [];
  for await (const { key } of s3Objects(sdk, place.bucket, place.key)) {
    const name = key.slice(place.key.length).replace(/^\//, "");
    if (passes(name, options.filters)) steps.push({ verb: "delete", from: { ...place, key } });
  }
  return runSteps(transfer, steps);
};

/** `aws s3 mb`. */
export const makeBucket = async ({ sdk, options, io }: Transfer, region: string): Promise<number> => {
  const [word] = options.positional;
  if (word === undefined) throw usageError("the following arguments are required: path");
  const { bucket } = s3PlaceOf(word);
  const elsewhere = region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
  await sdk.send("CreateBucket", { Bucket: bucket, ...elsewhere });
  io.out(`make_bucket: ${bucket}\n`);
  return EXIT.ok;
};

/** `aws s3 rb`; with `--force` its objects go first. */
export const removeBucket = async (transfer: Transfer): Promise<number> => {
  const { sdk, options, io } = transfer;
  const [word] = options.positional;
  if (word === undefined) throw usageError("the following arguments are required: path");
  const { bucket } = s3PlaceOf(word);
  if (options.has("force")) {
    const steps: Step[] = [];
    for await (const { key } of s3Objects(sdk, bucket, ""))
      steps.push({ verb: "delete", from: { kind: "s3", bucket, key } });
    const code = await runSteps(transfer, steps);
    if (code !== EXIT.ok) return code;
  }
  await sdk.send("DeleteBucket", { Bucket: bucket });
  io.out(`remove_bucket: ${bucket}\n`);
  return EXIT.ok;
};
