import type { KeySchema } from "./keys/selectKey.ts";
import type { IndexRecord, TableRecord, Throughput } from "./records.ts";

/** A table as DescribeTable gives it. */
export const tableView = (
  table: TableRecord,
  status: "CREATING" | "ACTIVE" | "UPDATING" | "DELETING",
  size: { readonly items: number; readonly bytes: number },
) => {
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
    ...(table.billingMode === "PAY_PER_REQUEST"
      ? {
          BillingModeSummary: {
            BillingMode: "PAY_PER_REQUEST" as const,
            LastUpdateToPayPerRequestDateTime: new Date(table.createdAt),
          },
        }
      : {}),
    ...(local.length > 0 ? { LocalSecondaryIndexes: local.map((index) => indexView(table, index)) } : {}),
    ...(global.length > 0
      ? {
          GlobalSecondaryIndexes: global.map((index) => ({
            ...indexView(table, index),
            IndexStatus: status === "CREATING" ? ("CREATING" as const) : ("ACTIVE" as const),
            ProvisionedThroughput: throughputView(index.throughput),
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
    ...(table.encryption
      ? {
          SSEDescription: {
            Status: "ENABLED" as const,
            SSEType: table.encryption.type,
            KMSMasterKeyArn: table.encryption.kmsKeyArn,
          },
        }
      : {}),
    ...(table.tableClass
      ? {
          TableClassSummary: {
            TableClass:
              table.tableClass === "STANDARD" ? ("STANDARD" as const) : ("STANDARD_INFREQUENT_ACCESS" as const),
          },
        }
      : {}),
    DeletionProtectionEnabled: table.deletionProtection,
  };
};

export const keySchemaView = ({ partition, sort }: KeySchema) => [
  { AttributeName: partition.name, KeyType: "HASH" as const },
  ...(sort ? [{ AttributeName: sort.name, KeyType: "RANGE" as const }] : []),
];

const throughputView = ({ read, write }: Throughput) => ({
  NumberOfDecreasesToday: 0,
  ReadCapacityUnits: read,
  WriteCapacityUnits: write,
});

const indexView = (table: TableRecord, index: IndexRecord) => ({
  IndexName: index.name,
  KeySchema: keySchemaView(index.key),
  Projection: {
    ProjectionType: index.projection.type,
    ...(index.projection.type === "INCLUDE" ? { NonKeyAttributes: [...index.projection.attributes] } : {}),
  },
  IndexSizeBytes: 0,
  ItemCount: 0,
  IndexArn: `${table.arn}/index/${index.name}`,
});
