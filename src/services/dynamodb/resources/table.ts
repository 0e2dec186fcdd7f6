import type {
  CreateTableCommandInput,
  GlobalSecondaryIndex,
  GlobalSecondaryIndexUpdate,
  LocalSecondaryIndex,
  UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { AwsError, NotImplemented } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext, refuseChange } from "../../../kernel/resource.ts";
import { readTable } from "./readTable.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export interface TableProperties {
  readonly TableName?: string;
  readonly AttributeDefinitions?: CreateTableCommandInput["AttributeDefinitions"];
  readonly KeySchema?: CreateTableCommandInput["KeySchema"];
  readonly BillingMode?: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly ProvisionedThroughput?: { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number };
  readonly GlobalSecondaryIndexes?: readonly GlobalSecondaryIndex[];
  readonly LocalSecondaryIndexes?: readonly LocalSecondaryIndex[];
  readonly StreamSpecification?: {
    readonly StreamViewType: "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";
  };
  readonly SSESpecification?: {
    readonly SSEEnabled: boolean;
    readonly SSEType?: "KMS";
    readonly KMSMasterKeyId?: string;
  };
  readonly TimeToLiveSpecification?: { readonly Enabled: boolean; readonly AttributeName?: string };
  readonly PointInTimeRecoverySpecification?: {
    readonly PointInTimeRecoveryEnabled?: boolean;
    readonly RecoveryPeriodInDays?: number;
  };
  readonly OnDemandThroughput?: { readonly MaxReadRequestUnits?: number; readonly MaxWriteRequestUnits?: number };
  readonly WarmThroughput?: { readonly ReadUnitsPerSecond?: number; readonly WriteUnitsPerSecond?: number };
  readonly ResourcePolicy?: { readonly PolicyDocument: JsonObject };
  readonly ContributorInsightsSpecification?: { readonly Enabled?: boolean };
  readonly DeletionProtectionEnabled?: boolean;
  readonly TableClass?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

export const tableType = defineResourceType<TableProperties>({
  name: "AWS::DynamoDB::Table",
  unbuilt: [
    "ImportSourceSpecification",
    "KinesisStreamSpecification",
    "StreamSpecification.ResourcePolicy",
    "StreamSpecification.Tags",
    "VectorIndexes",
  ],
  withoutEffect: { "ContributorInsightsSpecification.Mode": "insights are refused where they are enabled" },
  create: async (ctx, desired) => {
    const name = desired.TableName ?? ctx.physicalName({ maxLength: 255 });
    refuseNotBuilt(desired);
    const { TableDescription: made } = await ctx.call("dynamodb", "CreateTable", {
      TableName: name,
      AttributeDefinitions: desired.AttributeDefinitions,
      KeySchema: desired.KeySchema,
      BillingMode: desired.BillingMode,
      ...(desired.ProvisionedThroughput ? { ProvisionedThroughput: throughputOf(desired.ProvisionedThroughput) } : {}),
      ...(desired.GlobalSecondaryIndexes ? { GlobalSecondaryIndexes: [...desired.GlobalSecondaryIndexes] } : {}),
      ...(desired.LocalSecondaryIndexes ? { LocalSecondaryIndexes: [...desired.LocalSecondaryIndexes] } : {}),
      ...(desired.StreamSpecification
        ? { StreamSpecification: { StreamEnabled: true, StreamViewType: desired.StreamSpecification.StreamViewType } }
        : {}),
      ...(desired.SSESpecification ? { SSESpecification: sseOf(desired.SSESpecification) } : {}),
      DeletionProtectionEnabled: desired.DeletionProtectionEnabled,
      TableClass: desired.TableClass,
      ...(desired.OnDemandThroughput ? { OnDemandThroughput: desired.OnDemandThroughput } : {}),
      ...(desired.WarmThroughput ? { WarmThroughput: desired.WarmThroughput } : {}),
      ...(desired.ResourcePolicy ? { ResourcePolicy: JSON.stringify(desired.ResourcePolicy.PolicyDocument) } : {}),
      Tags: tagsOf(ctx, desired),
    });
    ctx.made(name);
    const ttl = desired.TimeToLiveSpecification;
    if (ttl?.Enabled) await setTimeToLive(ctx, name, ttl);
    await updateRecovery(ctx, name, {}, desired);
    return {
      physicalId: name,
      attributes: {
        Arn: made?.TableArn ?? "",
        ...(made?.LatestStreamArn ? { StreamArn: made.LatestStreamArn } : {}),
      },
    };
  },
  update: async (ctx, { physicalId, properties }, desired) => {
    refuseNotBuilt(desired);
    // AWS: local indexes are made with their table, and never after.
    const local = [properties.LocalSecondaryIndexes, desired.LocalSecondaryIndexes] as const;
    refuseChange(ctx, "AWS::DynamoDB::Table", physicalId, local);
    await updateSettings(ctx, physicalId, properties, desired);
    await updateIndexes(ctx, physicalId, properties, desired);
    await updateTimeToLive(ctx, physicalId, properties, desired);
    await updateRecovery(ctx, physicalId, properties, desired);
    const { Table } = await ctx.call("dynamodb", "DescribeTable", { TableName: physicalId });
    const arn = Table?.TableArn ?? "";
    await updateTags(ctx, arn, properties, desired);
    await updatePolicy(ctx, arn, properties, desired);
    return {
      physicalId,
      attributes: { Arn: arn, ...(Table?.LatestStreamArn ? { StreamArn: Table.LatestStreamArn } : {}) },
    };
  },
  delete: async (ctx, { physicalId }) => {
    try {
      await ctx.call("dynamodb", "DeleteTable", { TableName: physicalId });
    } catch (error) {
      // Already gone: what was asked for.
      if (!(error instanceof Error && error.name === "ResourceNotFoundException")) throw error;
    }
  },
  read: readTable,
});

const throughputOf = ({
  ReadCapacityUnits,
  WriteCapacityUnits,
}: NonNullable<TableProperties["ProvisionedThroughput"]>) => ({
  ReadCapacityUnits: Number(ReadCapacityUnits),
  WriteCapacityUnits: Number(WriteCapacityUnits),
});

const sseOf = ({ SSEEnabled, SSEType, KMSMasterKeyId }: NonNullable<TableProperties["SSESpecification"]>) => ({
  Enabled: SSEEnabled,
  SSEType,
  KMSMasterKeyId,
});

const tagsOf = (ctx: ResourceContext, { Tags = [] }: TableProperties) => {
  const own = new Map([...Object.entries(ctx.tags), ...Tags.map(({ Key, Value }) => [Key, Value] as const)]);
  return [...own].map(([Key, Value]) => ({ Key, Value }));
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** AWS takes changes of one kind at a time, and none while the table is still at the last. */
const updateSettings = async (
  ctx: ResourceContext,
  TableName: string,
  current: TableProperties,
  desired: TableProperties,
) => {
  for (const step of settingSteps(current, desired)) {
    if (Object.keys(step).length === 0) continue;
    await ctx.call("dynamodb", "UpdateTable", { TableName, ...step });
    await untilActive(ctx, TableName);
  }
};

type SettingStep = Omit<UpdateTableCommandInput, "TableName">;

const settingSteps = (current: TableProperties, desired: TableProperties): readonly SettingStep[] => [
  {
    ...(desired.BillingMode === current.BillingMode ? {} : { BillingMode: desired.BillingMode ?? "PROVISIONED" }),
    ...(desired.ProvisionedThroughput && !same(desired.ProvisionedThroughput, current.ProvisionedThroughput)
      ? { ProvisionedThroughput: throughputOf(desired.ProvisionedThroughput) }
      : {}),
  },
  ...streamSteps(current.StreamSpecification, desired.StreamSpecification),
  same(desired.SSESpecification, current.SSESpecification)
    ? {}
    : { SSESpecification: sseOf(desired.SSESpecification ?? { SSEEnabled: false }) },
  same(desired.OnDemandThroughput, current.OnDemandThroughput)
    ? {}
    : { OnDemandThroughput: desired.OnDemandThroughput ?? { MaxReadRequestUnits: -1, MaxWriteRequestUnits: -1 } },
  desired.WarmThroughput && !same(desired.WarmThroughput, current.WarmThroughput)
    ? { WarmThroughput: desired.WarmThroughput }
    : {},
  {
    ...(desired.DeletionProtectionEnabled === current.DeletionProtectionEnabled
      ? {}
      : { DeletionProtectionEnabled: desired.DeletionProtectionEnabled ?? false }),
    ...(desired.TableClass === current.TableClass ? {} : { TableClass: desired.TableClass ?? "STANDARD" }),
  },
];

/** AWS: a stream's view is its own for life; another view is another stream. */
const streamSteps = (
  before: TableProperties["StreamSpecification"],
  after: TableProperties["StreamSpecification"],
): readonly SettingStep[] => {
  if (same(before, after)) return [];
  return [
    ...(before ? [{ StreamSpecification: { StreamEnabled: false } }] : []),
    ...(after ? [{ StreamSpecification: { StreamEnabled: true, StreamViewType: after.StreamViewType } }] : []),
  ];
};

const POLL_MS = 1000;

const untilActive = async (ctx: ResourceContext, TableName: string): Promise<void> => {
  for (;;) {
    const { Table } = await ctx.call("dynamodb", "DescribeTable", { TableName });
    const indexes = Table?.GlobalSecondaryIndexes ?? [];
    if (Table?.TableStatus === "ACTIVE" && indexes.every(({ IndexStatus }) => IndexStatus === "ACTIVE")) return;
    await ctx.sleep(POLL_MS);
  }
};

/** AWS adds or removes one index at a time; capacity alone changes in place. */
const updateIndexes = async (
  ctx: ResourceContext,
  TableName: string,
  current: TableProperties,
  desired: TableProperties,
) => {
  const given = current.GlobalSecondaryIndexes ?? [];
  // What failed half-way has left some of the given indexes unmade.
  const before = ctx.isGoingBack ? await made(ctx, TableName, given) : given;
  const after = desired.GlobalSecondaryIndexes ?? [];
  const gone = before.filter((index) => !after.some((other) => sameShape(other, index)));
  const added = after.filter((index) => !before.some((other) => sameShape(other, index)));
  if (gone.length + added.length > 1 && !ctx.isGoingBack)
    throw new AwsError(
      "InvalidRequest",
      "Cannot perform more than one GSI creation or deletion in a single update",
      400,
    );
  const change = async (update: GlobalSecondaryIndexUpdate) => {
    await ctx.call("dynamodb", "UpdateTable", {
      TableName,
      ...(update.Create ? { AttributeDefinitions: desired.AttributeDefinitions } : {}),
      GlobalSecondaryIndexUpdates: [update],
    });
    await untilActive(ctx, TableName);
  };
  for (const { IndexName } of gone) await change({ Delete: { IndexName } });
  for (const index of added) await change({ Create: index });
  for (const index of after) {
    const earlier = before.find((other) => sameShape(other, index));
    if (earlier && !same(earlier, index)) await change({ Update: capacityOf(index) });
  }
};

const made = async (ctx: ResourceContext, TableName: string, given: readonly GlobalSecondaryIndex[]) => {
  const { Table } = await ctx.call("dynamodb", "DescribeTable", { TableName });
  const names = new Set(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  return given.filter(({ IndexName }) => names.has(IndexName));
};

const sameShape = (a: GlobalSecondaryIndex, b: GlobalSecondaryIndex): boolean =>
  a.IndexName === b.IndexName && same(a.KeySchema, b.KeySchema) && same(a.Projection, b.Projection);

const capacityOf = ({
  IndexName,
  ProvisionedThroughput,
  OnDemandThroughput,
  WarmThroughput,
}: GlobalSecondaryIndex) => ({
  IndexName,
  ...(ProvisionedThroughput ? { ProvisionedThroughput } : {}),
  ...(OnDemandThroughput ? { OnDemandThroughput } : {}),
  ...(WarmThroughput ? { WarmThroughput } : {}),
});

/** Takes up what the template says of point-in-time recovery. */
const updateRecovery = async (
  ctx: ResourceContext,
  TableName: string,
  current: TableProperties,
  desired: TableProperties,
) => {
  const [before, after] = [current.PointInTimeRecoverySpecification, desired.PointInTimeRecoverySpecification];
  if (same(before, after)) return;
  if (!before?.PointInTimeRecoveryEnabled && !after?.PointInTimeRecoveryEnabled) return;
  await ctx.call("dynamodb", "UpdateContinuousBackups", {
    TableName,
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled: after?.PointInTimeRecoveryEnabled ?? false,
      ...(after?.RecoveryPeriodInDays ? { RecoveryPeriodInDays: after.RecoveryPeriodInDays } : {}),
    },
  });
};

const updatePolicy = async (
  ctx: ResourceContext,
  ResourceArn: string,
  current: TableProperties,
  desired: TableProperties,
) => {
  const [before, after] = [current.ResourcePolicy, desired.ResourcePolicy];
  if (same(before, after)) return;
  if (after) {
    const Policy = JSON.stringify(after.PolicyDocument);
    await ctx.call("dynamodb", "PutResourcePolicy", { ResourceArn, Policy });
  } else await ctx.call("dynamodb", "DeleteResourcePolicy", { ResourceArn });
};

/** What would be needed to honour it is not there: a template that asks for it is told so. */
const refuseNotBuilt = (desired: TableProperties): void => {
  if (desired.ContributorInsightsSpecification?.Enabled)
    throw new NotImplemented("AWS::DynamoDB::Table ContributorInsightsSpecification");
};

const updateTimeToLive = async (
  ctx: ResourceContext,
  name: string,
  current: TableProperties,
  desired: TableProperties,
) => {
  const [before, after] = [current.TimeToLiveSpecification, desired.TimeToLiveSpecification];
  if (same(before, after)) return;
  if (before?.Enabled) await setTimeToLive(ctx, name, { ...before, Enabled: false });
  if (after?.Enabled) await setTimeToLive(ctx, name, after);
};

const setTimeToLive = (
  ctx: ResourceContext,
  TableName: string,
  { Enabled, AttributeName }: NonNullable<TableProperties["TimeToLiveSpecification"]>,
) => ctx.call("dynamodb", "UpdateTimeToLive", { TableName, TimeToLiveSpecification: { Enabled, AttributeName } });

const updateTags = async (
  ctx: ResourceContext,
  ResourceArn: string,
  current: TableProperties,
  desired: TableProperties,
) => {
  const tags = tagsOf(ctx, desired);
  const gone = (current.Tags ?? []).filter(({ Key }) => !tags.some((tag) => tag.Key === Key));
  if (gone.length > 0)
    await ctx.call("dynamodb", "UntagResource", { ResourceArn, TagKeys: gone.map(({ Key }) => Key) });
  if (tags.length > 0) await ctx.call("dynamodb", "TagResource", { ResourceArn, Tags: tags });
};
