import { errorCode } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { patiently } from "../../../kernel/resourcePatience.ts";
import { parsed, plain, unlessMissing } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
interface BucketPolicyProperties {
  readonly Bucket: string;
  readonly PolicyDocument: JsonObject | string;
}

export const bucketPolicyType = defineResourceType<BucketPolicyProperties>({
  name: "AWS::S3::BucketPolicy",
  create: async (ctx, { Bucket, PolicyDocument }) => {
    const Policy = textOf(PolicyDocument);
    await patiently(ctx, isNotThere, () => ctx.call("s3", "PutBucketPolicy", { Bucket, Policy }));
    return { physicalId: Bucket, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes }, { PolicyDocument }) => {
    await ctx.call("s3", "PutBucketPolicy", { Bucket: physicalId, Policy: textOf(PolicyDocument) });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    try {
      await ctx.call("s3", "DeleteBucketPolicy", { Bucket: physicalId });
    } catch (error) {
      // With its bucket, the policy is gone too.
      if (!isNotThere(error)) throw error;
    }
  },
  read: async (ctx, Bucket) => {
    const found = await unlessMissing(
      ctx.call("s3", "GetBucketPolicy", { Bucket }),
      "NoSuchBucketPolicy",
      "NoSuchBucket",
    );
    if (!found) return undefined;
    const properties = plain({ Bucket, PolicyDocument: parsed(found.Policy) });
    return { physicalId: Bucket, attributes: {}, properties, unread: [] };
  },
});

const isNotThere = (error: unknown): boolean => errorCode(error) === "NoSuchBucket";

const textOf = (document: JsonObject | string): string =>
  typeof document === "string" ? document : JSON.stringify(document);
