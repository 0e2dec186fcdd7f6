import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";
import { plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import { lifecycleProperty, notificationProperty, websiteProperty } from "./readDocuments.ts";
import { readNamed } from "./readNamed.ts";
import { replicationProperty } from "./replication.ts";

/** A bucket's settings as they are now, in the words of its template. */
export const readSettings = async (ctx: ResourceContext, Bucket: string, given: JsonObject): Promise<JsonObject> => {
  const at = { Bucket };
  const encryption = await unlessMissing(
    ctx.call("s3", "GetBucketEncryption", at),
    "ServerSideEncryptionConfigurationNotFoundError",
  );
  const cors = await unlessMissing(ctx.call("s3", "GetBucketCors", at), "NoSuchCORSConfiguration");
  const lifecycle = await unlessMissing(
    ctx.call("s3", "GetBucketLifecycleConfiguration", at),
    "NoSuchLifecycleConfiguration",
  );
  const ownership = await unlessMissing(
    ctx.call("s3", "GetBucketOwnershipControls", at),
    "OwnershipControlsNotFoundError",
  );
  const block = await unlessMissing(ctx.call("s3", "GetPublicAccessBlock", at), "NoSuchPublicAccessBlockConfiguration");
  const website = await unlessMissing(ctx.call("s3", "GetBucketWebsite", at), "NoSuchWebsiteConfiguration");
  const tags = await unlessMissing(ctx.call("s3", "GetBucketTagging", at), "NoSuchTagSet");
  const { Status } = await ctx.call("s3", "GetBucketVersioning", at);
  const lock = await unlessMissing(
    ctx.call("s3", "GetObjectLockConfiguration", at),
    "ObjectLockConfigurationNotFoundError",
  );
  const replication = await unlessMissing(
    ctx.call("s3", "GetBucketReplication", at),
    "ReplicationConfigurationNotFoundError",
  );
  const { Status: acceleration } = await ctx.call("s3", "GetBucketAccelerateConfiguration", at);
  const { LoggingEnabled } = await ctx.call("s3", "GetBucketLogging", at);
  const rules = encryption?.ServerSideEncryptionConfiguration?.Rules ?? [];
  return plain({
    BucketName: Bucket,
    BucketEncryption: {
      ServerSideEncryptionConfiguration: rules.map((rule) => ({
        BucketKeyEnabled: rule.BucketKeyEnabled,
        ServerSideEncryptionByDefault: rule.ApplyServerSideEncryptionByDefault,
      })),
    },
    CorsConfiguration: cors && {
      CorsRules: (cors.CORSRules ?? []).map(({ ID, ExposeHeaders, MaxAgeSeconds, ...rule }) => ({
        ...rule,
        ...{ Id: ID, ExposedHeaders: ExposeHeaders, MaxAge: MaxAgeSeconds },
      })),
    },
    AccelerateConfiguration: acceleration && { AccelerationStatus: acceleration },
    LoggingConfiguration: LoggingEnabled && {
      DestinationBucketName: LoggingEnabled.TargetBucket,
      LogFilePrefix: LoggingEnabled.TargetPrefix,
    },
    ...(await readNamed(ctx, Bucket)),
    ObjectLockConfiguration: lock?.ObjectLockConfiguration,
    LifecycleConfiguration: lifecycle && lifecycleProperty(lifecycle, given["LifecycleConfiguration"]),
    NotificationConfiguration: notificationProperty(await ctx.call("s3", "GetBucketNotificationConfiguration", at)),
    OwnershipControls: ownership?.OwnershipControls,
    PublicAccessBlockConfiguration: block?.PublicAccessBlockConfiguration,
    ReplicationConfiguration:
      replication?.ReplicationConfiguration && replicationProperty(replication.ReplicationConfiguration),
    Tags: tagList(tags?.TagSet),
    VersioningConfiguration: Status && { Status },
    WebsiteConfiguration: website && websiteProperty(website),
  });
};
