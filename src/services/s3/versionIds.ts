import { createHash } from "node:crypto";
import type { Ids } from "../../kernel/ids.ts";
import { invalidVersionId } from "./errors.ts";
import { type BucketRecord, NULL_VERSION } from "./records.ts";

const RANDOM_LENGTH = 26;
const CHECK_LENGTH = 6;

/** 32 letters and digits, of which the last tell that the others were not made up. */
export const newVersionId = (ids: Pick<Ids, "mixed">): string => {
  const random = ids.mixed(RANDOM_LENGTH);
  return random + checkOf(random);
};

const checkOf = (random: string): string => createHash("sha256").update(random).digest("hex").slice(0, CHECK_LENGTH);

/** Whether a bucket may ever have had a version of that id. AWS: one that never was versioned knows `null` alone. */
export const isPossible = ({ versioning }: Pick<BucketRecord, "versioning">, versionId: string): boolean =>
  versionId === NULL_VERSION ||
  (versioning !== undefined && checkOf(versionId.slice(0, RANDOM_LENGTH)) === versionId.slice(RANDOM_LENGTH));

/** AWS: an id that S3 never gave is no argument at all, where one whose version is gone names what is not there. */
export const checkVersionId = (bucket: Pick<BucketRecord, "versioning">, versionId: string | undefined): void => {
  if (versionId !== undefined && !isPossible(bucket, versionId)) throw invalidVersionId(versionId);
};
