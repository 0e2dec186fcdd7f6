import type { AwsModels, InputOf, OperationName } from "../../kernel/aws.ts";
import type { Collection, Records } from "../../store/records.ts";

type Input<O extends OperationName<AwsModels["s3"]>> = InputOf<AwsModels["s3"], O>;

/** Documents as the API takes them: S3 gives them back as they were put. */
export type CorsDocument = Input<"PutBucketCors">["CORSConfiguration"];
export type EncryptionDocument = Input<"PutBucketEncryption">["ServerSideEncryptionConfiguration"];
export type LifecycleDocument = NonNullable<Input<"PutBucketLifecycleConfiguration">["LifecycleConfiguration"]>;
export type NotificationDocument = Input<"PutBucketNotificationConfiguration">["NotificationConfiguration"];
export type WebsiteDocument = Input<"PutBucketWebsite">["WebsiteConfiguration"];

/** Bucket configurations, by the bucket's name. */
export interface Configurations {
  readonly cors: Collection<CorsDocument>;
  readonly encryption: Collection<EncryptionDocument>;
  readonly lifecycle: Collection<LifecycleDocument>;
  readonly notification: Collection<NotificationDocument>;
  readonly website: Collection<WebsiteDocument>;
}

export const openConfigurations = (records: Records): Configurations => ({
  cors: records.collection("cors"),
  encryption: records.collection("encryption"),
  lifecycle: records.collection("lifecycle"),
  notification: records.collection("notification"),
  website: records.collection("website"),
});

/** Forgets all that was configured on a bucket that is gone. */
export const clearConfigurations = (configurations: Configurations, bucket: string): void => {
  for (const collection of Object.values(configurations)) collection.delete(bucket);
};
