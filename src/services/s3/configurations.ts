import type { AwsModels, InputOf, OperationName } from "../../kernel/aws.ts";
import type { Collection, Records } from "../../store/records.ts";

type Input<O extends OperationName<AwsModels["s3"]>> = InputOf<AwsModels["s3"], O>;

/** Documents as the API takes them: S3 gives them back as they were put. */
export type CorsDocument = Input<"PutBucketCors">["CORSConfiguration"];
export type EncryptionDocument = Input<"PutBucketEncryption">["ServerSideEncryptionConfiguration"];
export type LifecycleDocument = NonNullable<Input<"PutBucketLifecycleConfiguration">["LifecycleConfiguration"]> &
  Pick<Input<"PutBucketLifecycleConfiguration">, "TransitionDefaultMinimumObjectSize">;
export type NotificationDocument = Input<"PutBucketNotificationConfiguration">["NotificationConfiguration"];
export type AccelerateDocument = Input<"PutBucketAccelerateConfiguration">["AccelerateConfiguration"];
export type RequestPaymentDocument = Input<"PutBucketRequestPayment">["RequestPaymentConfiguration"];
export type LoggingDocument = Input<"PutBucketLogging">["BucketLoggingStatus"];
export type AnalyticsDocument = Input<"PutBucketAnalyticsConfiguration">["AnalyticsConfiguration"];
export type TieringDocument = Input<"PutBucketIntelligentTieringConfiguration">["IntelligentTieringConfiguration"];
export type InventoryDocument = Input<"PutBucketInventoryConfiguration">["InventoryConfiguration"];
export type ReplicationDocument = Input<"PutBucketReplication">["ReplicationConfiguration"];
export type MetricsDocument = Input<"PutBucketMetricsConfiguration">["MetricsConfiguration"];
export type WebsiteDocument = Input<"PutBucketWebsite">["WebsiteConfiguration"];

/** Bucket configurations, by the bucket's name. */
export interface Configurations {
  readonly cors: Collection<CorsDocument>;
  readonly encryption: Collection<EncryptionDocument>;
  readonly lifecycle: Collection<LifecycleDocument>;
  readonly notification: Collection<NotificationDocument>;
  readonly website: Collection<WebsiteDocument>;
  readonly accelerate: Collection<AccelerateDocument>;
  readonly requestPayment: Collection<RequestPaymentDocument>;
  readonly logging: Collection<LoggingDocument>;
  readonly replication: Collection<ReplicationDocument>;
  // Those of which a bucket has many, by bucket and id.
  readonly analytics: Collection<AnalyticsDocument>;
  readonly tiering: Collection<TieringDocument>;
  readonly inventory: Collection<InventoryDocument>;
  readonly metrics: Collection<MetricsDocument>;
}

export const openConfigurations = (records: Records): Configurations => ({
  cors: records.collection("cors"),
  encryption: records.collection("encryption"),
  lifecycle: records.collection("lifecycle"),
  notification: records.collection("notification"),
  website: records.collection("website"),
  accelerate: records.collection("accelerate"),
  requestPayment: records.collection("requestPayment"),
  logging: records.collection("logging"),
  replication: records.collection("replication"),
  analytics: records.collection("analytics"),
  tiering: records.collection("tiering"),
  inventory: records.collection("inventory"),
  metrics: records.collection("metrics"),
});

/** Forgets all that was configured on a bucket that is gone. */
export const clearConfigurations = (configurations: Configurations, bucket: string): void => {
  for (const collection of Object.values(configurations)) {
    collection.delete(bucket);
    collection.clear({ prefix: [bucket] });
  }
};
