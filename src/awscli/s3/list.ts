import { EXIT } from "../io.ts";
import { listOf } from "./listing.ts";
import type { Transfer } from "./transfer.ts";
import { s3PlaceOf } from "./uri.ts";

/** `aws s3 ls`: buckets, or what is below a prefix. Exit code 1 when nothing is. */
export const list = async ({ sdk, options, io }: Transfer): Promise<number> => {
  const [place] = options.positional;
  if (place === undefined || place === "s3://") {
    const { Buckets } = await sdk.send("ListBuckets", {});
    for (const { CreationDate, Name } of listOf(Buckets)) io.out(`${timeOf(CreationDate)} ${Name}\n`);
    return EXIT.ok;
  }
  const { bucket, key } = s3PlaceOf(place.startsWith("s3://") ? place : `s3://${place}`);
  const recursive = options.has("recursive");
  const human = options.has("human-readable");
  let count = 0;
  let bytes = 0;
  let folders = 0;
  let ContinuationToken: unknown;
  do {
    const page = await sdk.send("ListObjectsV2", {
      Bucket: bucket,
      Prefix: key,
      ...(recursive ? {} : { Delimiter: "/" }),
      ContinuationToken,
    });
    for (const { Prefix } of listOf(page["CommonPrefixes"])) {
      folders++;
      io.out(`${"PRE".padStart(30)} ${lastPart(String(Prefix))}\n`);
    }
    for (const { Key, Size, LastModified } of listOf(page["Contents"])) {
      count++;
      bytes += Number(Size);
      const size = human ? humanSize(Number(Size)) : String(Size);
      io.out(`${timeOf(LastModified)} ${size.padStart(10)} ${recursive ? Key : lastPart(String(Key))}\n`);
    }
    ContinuationToken = page["NextContinuationToken"];
  } while (ContinuationToken !== undefined);
  if (options.has("summarize"))
    io.out(`\nTotal Objects: ${count}\n   Total Size: ${human ? humanSize(bytes) : bytes}\n`);
  return key !== "" && count + folders === 0 ? EXIT.s3 : EXIT.ok;
};

/** `2026-11-23 12:00:00`, in the time of the machine, as the AWS CLI has it. */
const timeOf = (date: unknown): string => {
  const time = date instanceof Date ? date : new Date(0);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace("T", " ");
};

const lastPart = (key: string): string => /[^/]*\/?$/.exec(key)?.[0] ?? key;

const humanSize = (bytes: number): string => {
  const units = ["Bytes", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return power === 0 ? `${bytes} Bytes` : `${(bytes / 1024 ** power).toFixed(1)} ${units[power]}`;
};
