import type { InventoryOptionalField } from "@aws-sdk/client-s3";
import type { ResourceContext } from "../../../kernel/resource.ts";

// Configurations of which a bucket may have several, each by its id.

interface Filtered {
  readonly Prefix?: string;
  readonly TagFilters?: readonly { readonly Key: string; readonly Value: string }[];
}

export interface ReportDestination {
  readonly BucketArn: string;
  readonly BucketAccountId?: string;
  readonly Format: "CSV" | "ORC" | "Parquet";
  readonly Prefix?: string;
}

interface AnalyticsConfiguration extends Filtered {
  readonly Id: string;
  readonly StorageClassAnalysis: {
    readonly DataExport?: { readonly Destination: ReportDestination; readonly OutputSchemaVersion: "V_1" };
  };
}

interface IntelligentTieringConfiguration extends Filtered {
  readonly Id: string;
  readonly Status: "Disabled" | "Enabled";
  readonly Tierings: { AccessTier: "ARCHIVE_ACCESS" | "DEEP_ARCHIVE_ACCESS"; Days: number }[];
}

interface InventoryConfiguration {
  readonly Id: string;
  readonly Destination: ReportDestination;
  readonly Enabled: boolean;
  readonly IncludedObjectVersions: "All" | "Current";
  readonly OptionalFields?: InventoryOptionalField[];
  readonly Prefix?: string;
  readonly ScheduleFrequency: "Daily" | "Weekly";
}

interface MetricsConfiguration extends Filtered {
  readonly Id: string;
  readonly AccessPointArn?: string;
}

export interface NamedConfigurations {
  readonly AnalyticsConfigurations?: readonly AnalyticsConfiguration[];
  readonly IntelligentTieringConfigurations?: readonly IntelligentTieringConfiguration[];
  readonly InventoryConfigurations?: readonly InventoryConfiguration[];
  readonly MetricsConfigurations?: readonly MetricsConfiguration[];
}

type Change = (
  ctx: ResourceContext,
  Bucket: string,
  after: NamedConfigurations,
  before: NamedConfigurations,
) => Promise<void>;

/** How a bucket comes to have the configurations of each kind that its template lists. */
export const changeNamed: Readonly<Record<keyof NamedConfigurations, Change>> = {
  AnalyticsConfigurations: (
    { call },
    Bucket,
    { AnalyticsConfigurations: after },
    { AnalyticsConfigurations: before },
  ) =>
    changeAll(before, after, {
      put: ({ Id, StorageClassAnalysis: { DataExport }, ...given }) => {
        const StorageClassAnalysis = DataExport
          ? { DataExport: { ...DataExport, Destination: analyticsDestination(DataExport.Destination) } }
          : {};
        const AnalyticsConfiguration = { Id, Filter: filterOf(given), StorageClassAnalysis };
        return call("s3", "PutBucketAnalyticsConfiguration", { Bucket, Id, AnalyticsConfiguration });
      },
      remove: (Id) => call("s3", "DeleteBucketAnalyticsConfiguration", { Bucket, Id }),
    }),
  IntelligentTieringConfigurations: ({ call }, Bucket, after, before) =>
    changeAll(before.IntelligentTieringConfigurations, after.IntelligentTieringConfigurations, {
      put: ({ Id, Status, Tierings, ...given }) => {
        const IntelligentTieringConfiguration = { Id, Status, Tierings, Filter: filterOf(given) };
        return call("s3", "PutBucketIntelligentTieringConfiguration", { Bucket, Id, IntelligentTieringConfiguration });
      },
      remove: (Id) => call("s3", "DeleteBucketIntelligentTieringConfiguration", { Bucket, Id }),
    }),
  InventoryConfigurations: (
    { call },
    Bucket,
    { InventoryConfigurations: after },
    { InventoryConfigurations: before },
  ) =>
    changeAll(before, after, {
      put: ({ Destination, Enabled, Prefix, ScheduleFrequency, ...given }) => {
        const InventoryConfiguration = {
          ...given,
          Destination: inventoryDestination(Destination),
          IsEnabled: Enabled,
          Filter: Prefix === undefined ? undefined : { Prefix },
          Schedule: { Frequency: ScheduleFrequency },
        };
        return call("s3", "PutBucketInventoryConfiguration", { Bucket, Id: given.Id, InventoryConfiguration });
      },
      remove: (Id) => call("s3", "DeleteBucketInventoryConfiguration", { Bucket, Id }),
    }),
  MetricsConfigurations: ({ call }, Bucket, { MetricsConfigurations: after }, { MetricsConfigurations: before }) =>
    changeAll(before, after, {
      put: ({ Id, ...given }) => {
        const MetricsConfiguration = { Id, Filter: metricsFilter(given) };
        return call("s3", "PutBucketMetricsConfiguration", { Bucket, Id, MetricsConfiguration });
      },
      remove: (Id) => call("s3", "DeleteBucketMetricsConfiguration", { Bucket, Id }),
    }),
};

const changeAll = async <C extends { readonly Id: string }>(
  before: readonly C[] = [],
  after: readonly C[] = [],
  { put, remove }: { put(configuration: C): Promise<unknown>; remove(id: string): Promise<unknown> },
): Promise<void> => {
  const had = new Map(before.map((each) => [each.Id, JSON.stringify(each)]));
  const wanted = new Set(after.map(({ Id }) => Id));
  for (const id of had.keys()) if (!wanted.has(id)) await remove(id);
  for (const each of after) if (had.get(each.Id) !== JSON.stringify(each)) await put(each);
};

const analyticsDestination = ({ BucketArn, Format, ...where }: ReportDestination) => ({
  // Of the three formats of inventories, analytics know but one.
  S3BucketDestination: { ...where, Bucket: BucketArn, Format: Format === "CSV" ? Format : undefined },
});

const inventoryDestination = ({ BucketArn, BucketAccountId, ...how }: ReportDestination) => ({
  S3BucketDestination: { ...how, Bucket: BucketArn, AccountId: BucketAccountId },
});

/** AWS: several conditions are joined; one stands alone, and none is no filter. */
const filterOf = ({ Prefix, TagFilters = [] }: Filtered) => {
  const Tags = TagFilters.map(({ Key, Value }) => ({ Key, Value }));
  const [Tag] = Tags;
  if (Tags.length > 1 || (Tag && Prefix !== undefined)) return { And: { Prefix, Tags } };
  if (Tag) return { Tag };
  return Prefix === undefined ? undefined : { Prefix };
};

const metricsFilter = ({ AccessPointArn, ...given }: Omit<MetricsConfiguration, "Id">) => {
  const filter = filterOf(given);
  if (AccessPointArn === undefined) return filter;
  if (!filter) return { AccessPointArn };
  const { And = {}, Tag, Prefix } = { And: undefined, Tag: undefined, Prefix: undefined, ...filter };
  return { And: { Prefix, Tags: Tag && [Tag], ...And, AccessPointArn } };
};
