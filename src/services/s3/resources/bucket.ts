import { AwsError, errorCode } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { unlessMissing } from "../../../kernel/resourceReading.ts";
import { constraintOf, DEFAULT_REGION, websiteEndpoint } from "../regions.ts";
import { type BucketProperties, isOldStylePublic, UNBUILT_PARTS, UNBUILT_PROPERTIES } from "./bucketProperties.ts";
import { applySettings } from "./bucketSettings.ts";
import { readSettings } from "./readBucket.ts";
import { tagsOf } from "./tags.ts";

const MAX_NAME_LENGTH = 63;

export const bucketType = defineResourceType<BucketProperties>({
  name: "AWS::S3::Bucket",
  unbuilt: [...UNBUILT_PROPERTIES, ...UNBUILT_PARTS],
  create: async (ctx, desired) => {
    const name = desired.BucketName ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH, lowerCase: true });
    await createBucket(ctx, name, desired);
    ctx.made(name);
    // Made with its tags: what is set from here on are changes of a bucket that has nothing set.
    await applySettings(ctx, name, { Tags: desired.Tags ?? [] }, desired);
    return { physicalId: name, attributes: attributesOf(ctx, name) };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    await applySettings(ctx, physicalId, properties, desired);
    return { physicalId, attributes };
  },
  // AWS: a bucket that holds objects is not deleted, and its stack fails to be.
  delete: async (ctx, { physicalId }) => {
    try {
      await ctx.call("s3", "DeleteBucket", { Bucket: physicalId });
    } catch (error) {
      if (errorCode(error) !== "NoSuchBucket") throw error;
    }
  },
  read: async (ctx, physicalId, given) => {
    const found = await unlessMissing(ctx.call("s3", "HeadBucket", { Bucket: physicalId }), "NotFound", "NoSuchBucket");
    if (!found) return undefined;
    const properties = await readSettings(ctx, physicalId, given);
    return { physicalId, attributes: attributesOf(ctx, physicalId), properties, unread: UNREAD };
  },
});

/** A canned list cannot be told from the grants it became; the others are settings of which buckets here have none. */
const UNREAD = [...UNBUILT_PROPERTIES, "AccessControl", "ObjectLockEnabled"];

const createBucket = async (ctx: ResourceContext, name: string, desired: BucketProperties): Promise<void> => {
  if (await exists(ctx, name)) {
    if (await isOurs(ctx, name)) return;
    throw new AwsError("AlreadyExists", `${name} already exists`, 400);
  }
  const location = constraintOf(ctx.region);
  await ctx.call("s3", "CreateBucket", {
    Bucket: name,
    ObjectOwnership: ownershipOf(desired),
    ...(desired.ObjectLockEnabled ? { ObjectLockEnabledForBucket: true } : {}),
    CreateBucketConfiguration: {
      ...(ctx.region !== DEFAULT_REGION && location ? { LocationConstraint: location } : {}),
      Tags: tagsOf(ctx, desired),
    },
  });
};

/**
 * Differs: a template that makes a bucket public by an access list and says nothing of ownership or public access failed
 * on AWS from April 2023 on. It is given what buckets had before, so that such templates still run.
 */
const ownershipOf = (desired: BucketProperties) =>
  desired.OwnershipControls?.Rules[0]?.ObjectOwnership ?? (isOldStylePublic(desired) ? "ObjectWriter" : undefined);

const exists = async (ctx: ResourceContext, Bucket: string): Promise<boolean> => {
  try {
    await ctx.call("s3", "HeadBucket", { Bucket });
    return true;
  } catch {
    // Not there, or not to be looked at: creating it will tell.
    return false;
  }
};

/** Whether a bucket is this stack's, from a creation that did not come to its end. */
const isOurs = async (ctx: ResourceContext, Bucket: string): Promise<boolean> => {
  try {
    const { TagSet = [] } = await ctx.call("s3", "GetBucketTagging", { Bucket });
    const tags = new Map(TagSet.map(({ Key, Value }) => [Key, Value]));
    return (
      tags.get("aws:cloudformation:stack-id") === ctx.stackId &&
      tags.get("aws:cloudformation:logical-id") === ctx.logicalId
    );
  } catch {
    // No tags, or not to be looked at: somebody else's.
    return false;
  }
};

const attributesOf = ({ partition, region }: ResourceContext, name: string) => ({
  Arn: `arn:${partition}:s3:::${name}`,
  DomainName: `${name}.s3.amazonaws.com`,
  DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
  RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
  WebsiteURL: `http://${name}.${websiteEndpoint(region)}`,
});
