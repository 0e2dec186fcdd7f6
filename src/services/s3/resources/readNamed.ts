import type { Call } from "../../../kernel/context.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { plain } from "../../../kernel/resourceReading.ts";

/** The configurations of which a bucket may have several, in the words of its template. */
export const readNamed = async ({ call }: { readonly call: Call }, Bucket: string): Promise<JsonObject> => {
  const analytics = await call("s3", "ListBucketAnalyticsConfigurations", { Bucket });
  const tiering = await call("s3", "ListBucketIntelligentTieringConfigurations", { Bucket });
  const inventory = await call("s3", "ListBucketInventoryConfigurations", { Bucket });
  const metrics = await call("s3", "ListBucketMetricsConfigurations", { Bucket });
  return plain({
    AnalyticsConfigurations: analytics.AnalyticsConfigurationList?.map(({ Id, Filter, StorageClassAnalysis }) => {
      const { DataExport } = StorageClassAnalysis ?? {};
      const Destination = destinationProperty(DataExport?.Destination?.S3BucketDestination);
      return {
        ...{ Id, ...filterProperties(Filter) },
        StorageClassAnalysis: DataExport ? { DataExport: { ...DataExport, Destination } } : {},
      };
    }),
    IntelligentTieringConfigurations: tiering.IntelligentTieringConfigurationList?.map(({ Filter, ...given }) => ({
      ...given,
      ...filterProperties(Filter),
    })),
    InventoryConfigurations: inventory.InventoryConfigurationList?.map((given) => {
      const { Destination, IsEnabled, Filter, Schedule, ...others } = given;
      return {
        ...others,
        Destination: destinationProperty(Destination?.S3BucketDestination),
        Enabled: IsEnabled,
        Prefix: Filter?.Prefix,
        ScheduleFrequency: Schedule?.Frequency,
      };
    }),
    MetricsConfigurations: metrics.MetricsConfigurationList?.map(({ Id, Filter }) => ({
      Id,
      ...filterProperties(Filter),
    })),
  });
};

/** What a filter asks for; several conditions are joined by `And`. */
const filterProperties = (filter: object = {}): JsonObject => {
  const { And = {}, Tag, Prefix, AccessPointArn } = plain(filter);
  const { Tags, ...joined } = isJsonObject(And) ? And : {};
  const TagFilters = Tags ?? (Tag && [Tag]);
  return plain({ Prefix, AccessPointArn, ...joined, TagFilters });
};

interface Destination {
  readonly Bucket: string | undefined;
  readonly AccountId?: string | undefined;
  readonly BucketAccountId?: string | undefined;
}

const destinationProperty = (destination: Destination | undefined) => {
  if (!destination) return undefined;
  const { Bucket, AccountId, BucketAccountId = AccountId, ...how } = destination;
  return { BucketArn: Bucket, BucketAccountId, ...how };
};
