import { httpStatus } from "../../../kernel/operation.ts";
import { isPublicPolicy } from "../../../kernel/publicPolicy.ts";
import { accessDenied, malformedPolicy, notConfigured } from "../errors.ts";
import { findBucket } from "../find.ts";
import { MAX_POLICY_BYTES } from "../limits.ts";
import { parsePolicy } from "../policies.ts";
import type { Operation, Room } from "../room.ts";
import { NO_CONTENT } from "../statuses.ts";

export const putBucketPolicy =
  (room: Pick<Room, "buckets">): Operation<"PutBucketPolicy"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    if (Buffer.byteLength(input.Policy) > MAX_POLICY_BYTES) {
      throw malformedPolicy("Policies exceed the maximum allowed document size.");
    }
    const policy = parsePolicy(input.Policy, bucket.name);
    if (bucket.publicAccess?.blockPublicPolicy && isPublicPolicy(policy)) {
      const who =
        ctx.principal.kind === "anonymous"
          ? "Anonymous"
          : "arn" in ctx.principal
            ? ctx.principal.arn
            : ctx.principal.kind;
      throw accessDenied(
        `User: ${who} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:${ctx.partition}:s3:::${bucket.name}" because public policies are blocked by the BlockPublicPolicy block public access setting.`,
      );
    }
    room.buckets.put(bucket.name, { ...bucket, policy: input.Policy });
    return { [httpStatus]: NO_CONTENT };
  };

export const getBucketPolicy =
  (room: Pick<Room, "buckets">): Operation<"GetBucketPolicy"> =>
  async (_ctx, input) => ({ Policy: policyOf(findBucket(room, input)) });

export const getBucketPolicyStatus =
  (room: Pick<Room, "buckets">): Operation<"GetBucketPolicyStatus"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    return { PolicyStatus: { IsPublic: isPublicPolicy(parsePolicy(policyOf(bucket), bucket.name)) } };
  };

export const deleteBucketPolicy =
  (room: Pick<Room, "buckets">): Operation<"DeleteBucketPolicy"> =>
  async (_ctx, input) => {
    const { policy: _policy, ...rest } = findBucket(room, input);
    room.buckets.put(rest.name, rest);
    return {};
  };

const policyOf = ({ name, policy }: { readonly name: string; readonly policy?: string }): string => {
  if (policy === undefined) throw notConfigured("NoSuchBucketPolicy", "The bucket policy does not exist", name);
  return policy;
};
