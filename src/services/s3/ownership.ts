import type { Context } from "../../kernel/context.ts";
import type { BucketRecord, ObjectHead } from "./records.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html

/** Stands for the account of those who have none. */
export const NOBODY = "anonymous";

/** Who owns what a caller writes to a bucket, under a canned list or none. */
export const ownerOfNew = (bucket: BucketRecord, { principal, account }: Context, acl: string | undefined): string => {
  // AWS: what services leave in a bucket, such as logs, is its owner's.
  if (bucket.ownership === "BucketOwnerEnforced" || principal.kind === "service") return bucket.account;
  if (bucket.ownership === "BucketOwnerPreferred" && acl === "bucket-owner-full-control") return bucket.account;
  return principal.kind === "anonymous" ? NOBODY : account;
};

/** Who owns an object. AWS: where the bucket's owner owns all, that is whoever wrote it. */
export const ownerOf = (bucket: BucketRecord, { owner }: Pick<ObjectHead, "owner">): string =>
  bucket.ownership === "BucketOwnerEnforced" ? bucket.account : (owner ?? bucket.account);

/** An owner as heads keep it: only one who is not the bucket's. */
export const keptOwner = ({ account }: BucketRecord, owner: string): Pick<ObjectHead, "owner"> =>
  owner === account ? {} : { owner };
