import type { TableCreationParameters } from "@aws-sdk/client-dynamodb";
import type { ExportRecord, ImportRecord } from "./records.ts";

const failureView = ({ failure }: ExportRecord | ImportRecord) =>
  failure ? { FailureCode: failure.code, FailureMessage: failure.message } : {};

/** An export as DescribeExport gives it. */
export const exportView = (record: ExportRecord) => ({
  ExportArn: record.arn,
  ExportStatus: record.status,
  StartTime: new Date(record.startedAt),
  ...(record.endedAt === undefined ? {} : { EndTime: new Date(record.endedAt) }),
  ...(record.manifestKey === undefined ? {} : { ExportManifest: record.manifestKey }),
  TableArn: record.tableArn,
  TableId: record.tableId,
  ...(record.window ? {} : { ExportTime: new Date(record.exportedAsOf) }),
  ClientToken: record.clientToken,
  S3Bucket: record.bucket,
  ...(record.bucketOwner === undefined ? {} : { S3BucketOwner: record.bucketOwner }),
  ...(record.prefix === undefined ? {} : { S3Prefix: record.prefix }),
  S3SseAlgorithm: record.sseAlgorithm ?? "AES256",
  ...(record.sseKmsKeyId === undefined ? {} : { S3SseKmsKeyId: record.sseKmsKeyId }),
  ...failureView(record),
  ExportFormat: record.format ?? ("DYNAMODB_JSON" as const),
  ...(record.status === "COMPLETED" ? { BilledSizeBytes: record.bytes, ItemCount: record.items } : {}),
  ...typeView(record),
  ...(record.window
    ? {
        IncrementalExportSpecification: {
          ExportFromTime: new Date(record.window.from),
          ExportToTime: new Date(record.window.to),
          ExportViewType: record.window.view,
        },
      }
    : {}),
});

const typeView = ({ window }: ExportRecord) => ({
  ExportType: window ? ("INCREMENTAL_EXPORT" as const) : ("FULL_EXPORT" as const),
});

/** An export as ListExports gives it. */
export const exportSummaryView = (record: ExportRecord) => ({
  ExportArn: record.arn,
  ExportStatus: record.status,
  ...typeView(record),
});

const sourceView = ({ bucket, bucketOwner, prefix }: ImportRecord) => ({
  ...(bucketOwner === undefined ? {} : { S3BucketOwner: bucketOwner }),
  S3Bucket: bucket,
  ...(prefix === undefined ? {} : { S3KeyPrefix: prefix }),
});

/** An import as ListImports gives it. */
export const importSummaryView = (record: ImportRecord) => ({
  ImportArn: record.arn,
  ImportStatus: record.status,
  TableArn: record.tableArn,
  S3BucketSource: sourceView(record),
  InputFormat: record.format,
  StartTime: new Date(record.startedAt),
  ...(record.endedAt === undefined ? {} : { EndTime: new Date(record.endedAt) }),
});

/** An import as DescribeImport gives it. */
export const importView = (record: ImportRecord) => {
  const creation: TableCreationParameters = JSON.parse(record.creation);
  return {
    ...importSummaryView(record),
    TableId: record.tableId,
    ClientToken: record.clientToken,
    ErrorCount: record.errors,
    ...(record.csv
      ? {
          InputFormatOptions: {
            Csv: {
              Delimiter: record.csv.delimiter,
              ...(record.csv.header ? { HeaderList: [...record.csv.header] } : {}),
            },
          },
        }
      : {}),
    InputCompressionType: record.compression,
    TableCreationParameters: creation,
    ProcessedSizeBytes: record.processedBytes,
    ProcessedItemCount: record.processedItems,
    ImportedItemCount: record.importedItems,
    ...failureView(record),
  };
};
