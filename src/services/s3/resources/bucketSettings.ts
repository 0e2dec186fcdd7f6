import type { BucketCannedACL } from "@aws-sdk/client-s3";
import { errorCode } from "../../../kernel/errors.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";
import { type AccessControl, type BucketProperties, isOldStylePublic } from "./bucketProperties.ts";
import { lifecycleDocument, notificationDocument, websiteDocument } from "./documents.ts";
import { changeNamed } from "./namedConfigurations.ts";
import { replicationDocument } from "./replication.ts";
import { tagsOf } from "./tags.ts";

/** Sets on a bucket what a template wants changed of it, and takes away what it wants no more. */
export const applySettings = async (
  ctx: ResourceContext,
  bucket: string,
  current: BucketProperties,
  desired: BucketProperties,
): Promise<void> => {
  for (const { properties, apply } of SETTINGS) {
    const changes = properties.some((name) => JSON.stringify(current[name]) !== JSON.stringify(desired[name]));
    if (changes) await apply(ctx, bucket, desired, current);
  }
};

interface Setting {
  /** The properties on which it depends. */
  readonly properties: readonly (keyof BucketProperties)[];
  apply(ctx: ResourceContext, Bucket: string, desired: BucketProperties, current: BucketProperties): Promise<unknown>;
}

/** In the order in which one may need the other: what lets policies and lists in comes first. */
const SETTINGS: readonly Setting[] = [
  {
    properties: ["OwnershipControls"],
    apply: (ctx, Bucket, desired) => {
      const rules = desired.OwnershipControls?.Rules ?? [];
      const ObjectOwnership = rules[0]?.ObjectOwnership ?? "BucketOwnerEnforced";
      return ctx.call("s3", "PutBucketOwnershipControls", {
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership }] },
      });
    },
  },
  {
    properties: ["PublicAccessBlockConfiguration", "AccessControl"],
    apply: async (ctx, Bucket, desired) => {
      const given = desired.PublicAccessBlockConfiguration;
      // Differs: as in bucket.ts, for templates older than the blocking by default.
      if (isOldStylePublic(desired)) return ctx.call("s3", "DeletePublicAccessBlock", { Bucket });
      const PublicAccessBlockConfiguration = given ?? ALL_BLOCKED;
      return ctx.call("s3", "PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration });
    },
  },
  {
    properties: ["AccessControl"],
    apply: (ctx, Bucket, { AccessControl = "Private" }) => putAcl(ctx, Bucket, AccessControl),
  },
  {
    properties: ["VersioningConfiguration"],
    apply: (ctx, Bucket, { VersioningConfiguration }) =>
      ctx.call("s3", "PutBucketVersioning", {
        Bucket,
        VersioningConfiguration: { Status: VersioningConfiguration?.Status ?? "Suspended" },
      }),
  },
  {
    properties: ["ReplicationConfiguration"],
    apply: (ctx, Bucket, { ReplicationConfiguration: given }) =>
      given
        ? ctx.call("s3", "PutBucketReplication", { Bucket, ReplicationConfiguration: replicationDocument(given) })
        : ctx.call("s3", "DeleteBucketReplication", { Bucket }),
  },
  {
    properties: ["ObjectLockConfiguration"],
    apply: (ctx, Bucket, { ObjectLockConfiguration: { Rule } = {} }) =>
      ctx.call("s3", "PutObjectLockConfiguration", {
        Bucket,
        ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", ...(Rule ? { Rule } : {}) },
      }),
  },
  {
    properties: ["AccelerateConfiguration"],
    apply: (ctx, Bucket, { AccelerateConfiguration }) =>
      ctx.call("s3", "PutBucketAccelerateConfiguration", {
        Bucket,
        AccelerateConfiguration: { Status: AccelerateConfiguration?.AccelerationStatus ?? "Suspended" },
      }),
  },
  {
    properties: ["LoggingConfiguration"],
    apply: (ctx, Bucket, { LoggingConfiguration }) => {
      const { DestinationBucketName: TargetBucket = Bucket, LogFilePrefix: TargetPrefix = "" } =
        LoggingConfiguration ?? {};
      const BucketLoggingStatus = LoggingConfiguration ? { LoggingEnabled: { TargetBucket, TargetPrefix } } : {};
      return ctx.call("s3", "PutBucketLogging", { Bucket, BucketLoggingStatus });
    },
  },
  {
    properties: ["BucketEncryption"],
    apply: (ctx, Bucket, { BucketEncryption }) => {
      if (!BucketEncryption) return ctx.call("s3", "DeleteBucketEncryption", { Bucket });
      const Rules = BucketEncryption.ServerSideEncryptionConfiguration.map((rule) => ({
        BucketKeyEnabled: rule.BucketKeyEnabled,
        ApplyServerSideEncryptionByDefault: rule.ServerSideEncryptionByDefault,
      }));
      return ctx.call("s3", "PutBucketEncryption", { Bucket, ServerSideEncryptionConfiguration: { Rules } });
    },
  },
  {
    properties: ["CorsConfiguration"],
    apply: (ctx, Bucket, { CorsConfiguration }) => {
      if (!CorsConfiguration) return ctx.call("s3", "DeleteBucketCors", { Bucket });
      const CORSRules = CorsConfiguration.CorsRules.map(({ Id, MaxAge, ExposedHeaders, ...rule }) => ({
        AllowedMethods: [...rule.AllowedMethods],
        AllowedOrigins: [...rule.AllowedOrigins],
        AllowedHeaders: rule.AllowedHeaders && [...rule.AllowedHeaders],
        ID: Id,
        ExposeHeaders: ExposedHeaders && [...ExposedHeaders],
        MaxAgeSeconds: MaxAge,
      }));
      return ctx.call("s3", "PutBucketCors", { Bucket, CORSConfiguration: { CORSRules } });
    },
  },
  {
    properties: ["LifecycleConfiguration"],
    apply: (ctx, Bucket, { LifecycleConfiguration }) => {
      if (!LifecycleConfiguration) return ctx.call("s3", "DeleteBucketLifecycle", { Bucket });
      const document = lifecycleDocument(LifecycleConfiguration.Rules);
      return ctx.call("s3", "PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: document });
    },
  },
  {
    properties: ["WebsiteConfiguration"],
    apply: (ctx, Bucket, { WebsiteConfiguration }) => {
      if (!WebsiteConfiguration) return ctx.call("s3", "DeleteBucketWebsite", { Bucket });
      return ctx.call("s3", "PutBucketWebsite", {
        Bucket,
        WebsiteConfiguration: websiteDocument(WebsiteConfiguration),
      });
    },
  },
  {
    properties: ["NotificationConfiguration"],
    apply: (ctx, Bucket, { NotificationConfiguration = {} }) =>
      ctx.call("s3", "PutBucketNotificationConfiguration", {
        Bucket,
        NotificationConfiguration: notificationDocument(NotificationConfiguration),
      }),
  },
  { properties: ["AnalyticsConfigurations"], apply: changeNamed.AnalyticsConfigurations },
  { properties: ["IntelligentTieringConfigurations"], apply: changeNamed.IntelligentTieringConfigurations },
  { properties: ["InventoryConfigurations"], apply: changeNamed.InventoryConfigurations },
  { properties: ["MetricsConfigurations"], apply: changeNamed.MetricsConfigurations },
  {
    properties: ["Tags"],
    apply: (ctx, Bucket, desired) => {
      const TagSet = tagsOf(ctx, desired);
      if (TagSet.length === 0) return ctx.call("s3", "DeleteBucketTagging", { Bucket });
      return ctx.call("s3", "PutBucketTagging", { Bucket, Tagging: { TagSet } });
    },
  },
];

const putAcl = async (ctx: ResourceContext, Bucket: string, control: AccessControl): Promise<void> => {
  if (control === "LogDeliveryWrite") {
    await ctx.call("s3", "PutBucketAcl", { Bucket, GrantWrite: LOG_DELIVERY, GrantReadACP: LOG_DELIVERY });
    return;
  }
  const ACL = CANNED[control];
  try {
    await ctx.call("s3", "PutBucketAcl", { Bucket, ACL });
  } catch (error) {
    // A bucket that takes no access lists is as private as the template wants it.
    if (ACL !== "private" || errorCode(error) !== "AccessControlListNotSupported") throw error;
  }
};

const ALL_BLOCKED = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

const LOG_DELIVERY = 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"';

/** AWS: the canned lists that speak of a bucket's owner mean objects; on a bucket they are private. */
const CANNED: Readonly<Record<Exclude<AccessControl, "LogDeliveryWrite">, BucketCannedACL>> = {
  AuthenticatedRead: "authenticated-read",
  AwsExecRead: "private",
  BucketOwnerFullControl: "private",
  BucketOwnerRead: "private",
  Private: "private",
  PublicRead: "public-read",
  PublicReadWrite: "public-read-write",
};
