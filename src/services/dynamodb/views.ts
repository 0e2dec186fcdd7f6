import type { Size } from "./items/tableSizes.ts";
import { type KeySchema, partitionAttributes, sortAttributes } from "./keys/selectKey.ts";
import type { IndexRecord, OnDemandThroughput, RestoreRecord, TableRecord, Throughput } from "./records.ts";
import { initialWarmth } from "./warmThroughput.ts";

/** The size of what has just begun, or ends. */
export const EMPTY: Size = { items: 0, bytes: 0 };

type Status = "CREATING" | "ACTIVE" | "UPDATING" | "DELETING";

/** A table as DescribeTable gives it. */
export const tableView = (
  table: TableRecord,
  status: Status,
  sizeOf: (index?: IndexRecord) => Size,
  warms = status !== "ACTIVE",
) => {
  const size = sizeOf();
  const local = table.indexes.filter((index) => index.local);
  const global = table.indexes.filter((index) => !index.local);
  return {
    AttributeDefinitions: Object.entries(table.attributes).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    TableName: table.name,
    KeySchema: keySchemaView(table.key),
    TableStatus: status,
    CreationDateTime: new Date(table.createdAt),
    ProvisionedThroughput: throughputView(table.throughput),
    TableSizeBytes: size.bytes,
    ItemCount: size.items,
    TableArn: table.arn,
    TableId: table.id,
    ...billingModeView(table),
    WarmThroughput: warmView(table.warmThroughput ?? initialWarmth(table), warms),
    ...onDemandView(table.onDemandThroughput),
    ...(local.length > 0
      ? { LocalSecondaryIndexes: local.map((index) => indexView(table, index, sizeOf(index))) }
      : {}),
    ...(global.length > 0
      ? {
          GlobalSecondaryIndexes: global.map((index) => ({
            ...indexView(table, index, sizeOf(index)),
            ...indexStatusView(index, status),
            ProvisionedThroughput: throughputView(index.throughput),
            WarmThroughput: warmView(
              index.warmThroughput ?? initialWarmth({ ...table, throughput: index.throughput }),
              warms,
            ),
            ...onDemandView(index.onDemandThroughput),
          })),
        }
      : {}),
    ...(table.stream
      ? {
          StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream.viewType },
          LatestStreamLabel: table.stream.label,
          LatestStreamArn: table.stream.arn,
        }
      : {}),
    ...(table.encryption ? { SSEDescription: encryptionView(table.encryption, "ENABLED") } : {}),
    ...(table.tableClass
      ? {
          TableClassSummary: {
            TableClass:
              table.tableClass === "STANDARD" ? ("STANDARD" as const) : ("STANDARD_INFREQUENT_ACCESS" as const),
          },
        }
      : {}),
    ...(table.restoredFrom ? { RestoreSummary: restoreView(table.restoredFrom, status) } : {}),
    DeletionProtectionEnabled: table.deletionProtection,
  };
};

export const encryptionView = (
  { kmsKeyArn, type }: NonNullable<TableRecord["encryption"]>,
  Status: "ENABLED" | "UPDATING",
) => ({ Status, SSEType: type, KMSMasterKeyArn: kmsKeyArn });

/** AWS: an index that is added to a table is there at once, and can be read when all of the table is in it. */
const indexStatusView = ({ isFilling }: IndexRecord, status: Status) => {
  if (isFilling) return { IndexStatus: "CREATING" as const, Backfilling: true };
  return { IndexStatus: status === "CREATING" ? ("CREATING" as const) : ("ACTIVE" as const) };
};

const restoreView = ({ backupArn, tableArn, at }: RestoreRecord, status: Status) => ({
  ...(backupArn === undefined ? {} : { SourceBackupArn: backupArn }),
  SourceTableArn: tableArn,
  RestoreDateTime: new Date(at),
  RestoreInProgress: status === "CREATING",
});

/** AWS: a table that goes is told of in a few words. */
export const deletedTableView = (table: TableRecord) => {
  const { AttributeDefinitions, KeySchema, CreationDateTime, WarmThroughput, ...view } = tableView(
    { ...table, indexes: [] },
    "DELETING",
    () => EMPTY,
  );
  return view;
};

/** AWS says nothing of the billing mode until a table has been on demand. */
const billingModeView = ({ billingMode, billingModeChangedAt, createdAt }: TableRecord) =>
  billingMode === "PAY_PER_REQUEST" || billingModeChangedAt !== undefined
    ? {
        BillingModeSummary: {
          BillingMode: billingMode,
          LastUpdateToPayPerRequestDateTime: new Date(billingModeChangedAt ?? createdAt),
        },
      }
    : {};

/** AWS: warmth that is asked for comes about while the table is made or its capacity changed. */
const warmView = ({ read, write }: Throughput, warms: boolean) => ({
  ReadUnitsPerSecond: read,
  WriteUnitsPerSecond: write,
  Status: warms ? ("UPDATING" as const) : ("ACTIVE" as const),
});

const onDemandView = (limits: OnDemandThroughput | undefined) =>
  limits ? { OnDemandThroughput: { MaxReadRequestUnits: limits.maxRead, MaxWriteRequestUnits: limits.maxWrite } } : {};

export const keySchemaView = (schema: KeySchema) => [
  ...partitionAttributes(schema).map(({ name }) => ({ AttributeName: name, KeyType: "HASH" as const })),
  ...sortAttributes(schema).map(({ name }) => ({ AttributeName: name, KeyType: "RANGE" as const })),
];

const throughputView = ({ read, write }: Throughput) => ({
  NumberOfDecreasesToday: 0,
  ReadCapacityUnits: read,
  WriteCapacityUnits: write,
});

/** An index as backups describe it. */
export const indexInfoView = (index: IndexRecord) => ({
  IndexName: index.name,
  KeySchema: keySchemaView(index.key),
  Projection: projectionView(index),
  ...(index.local
    ? {}
    : {
        ProvisionedThroughput: {
          ReadCapacityUnits: index.throughput.read,
          WriteCapacityUnits: index.throughput.write,
        },
      }),
});

const projectionView = ({ projection }: IndexRecord) => ({
  ProjectionType: projection.type,
  ...(projection.type === "INCLUDE" ? { NonKeyAttributes: [...projection.attributes] } : {}),
});

const indexView = (table: TableRecord, index: IndexRecord, size: Size) => ({
  IndexName: index.name,
  KeySchema: keySchemaView(index.key),
  Projection: projectionView(index),
  IndexSizeBytes: size.bytes,
  ItemCount: size.items,
  IndexArn: `${table.arn}/index/${index.name}`,
});
