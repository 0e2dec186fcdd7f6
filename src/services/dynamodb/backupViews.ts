import type { BackupRecord } from "./backups.ts";
import type { TableRecord } from "./records.ts";
import { indexInfoView, keySchemaView } from "./views.ts";

type Status = "CREATING" | "AVAILABLE" | "DELETED";

export const backupDetailsView = ({ arn, name, createdAt, bytes, status }: BackupRecord, shown: Status = status) => ({
  BackupArn: arn,
  BackupName: name,
  BackupSizeBytes: bytes,
  BackupStatus: shown,
  BackupType: "USER" as const,
  BackupCreationDateTime: new Date(createdAt),
});

/** A backup as DescribeBackup and DeleteBackup give it. */
export const backupView = (backup: BackupRecord, shown?: Status) => ({
  BackupDescription: {
    BackupDetails: backupDetailsView(backup, shown),
    SourceTableDetails: sourceView(backup),
    SourceTableFeatureDetails: featuresView(backup.table),
  },
});

/** A backup as ListBackups gives it. */
export const backupSummaryView = (backup: BackupRecord) => ({
  TableName: backup.table.name,
  TableId: backup.table.id,
  TableArn: backup.table.arn,
  ...backupDetailsView(backup),
});

const sourceView = ({ table, items, bytes }: BackupRecord) => ({
  TableName: table.name,
  TableId: table.id,
  TableArn: table.arn,
  TableSizeBytes: bytes,
  KeySchema: keySchemaView(table.key),
  TableCreationDateTime: new Date(table.createdAt),
  ProvisionedThroughput: { ReadCapacityUnits: table.throughput.read, WriteCapacityUnits: table.throughput.write },
  ItemCount: items,
  BillingMode: table.billingMode,
});

const featuresView = (table: TableRecord) => {
  const of = (local: boolean) => table.indexes.filter((index) => index.local === local).map(indexInfoView);
  const [locals, globals] = [of(true), of(false)];
  return {
    ...(locals.length > 0 ? { LocalSecondaryIndexes: locals } : {}),
    ...(globals.length > 0 ? { GlobalSecondaryIndexes: globals } : {}),
    ...(table.stream ? { StreamDescription: { StreamEnabled: true, StreamViewType: table.stream.viewType } } : {}),
    ...(table.ttlAttribute
      ? { TimeToLiveDescription: { TimeToLiveStatus: "ENABLED" as const, AttributeName: table.ttlAttribute } }
      : {}),
  };
};
