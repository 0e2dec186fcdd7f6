import * as model from "@aws-sdk/client-dynamodb";
import { defineService } from "../../kernel/rooms.ts";
import { removeUnfinished } from "./backupCopies.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { missingTableName } from "./errors.ts";
import { resumeFilling } from "./filling.ts";
import { iam } from "./iam.ts";
import { MAX_BATCH_GETS, MAX_BATCH_WRITES, MAX_REQUEST_BYTES } from "./limits.ts";
import { createBackup, deleteBackup, describeBackup, listBackups } from "./operations/backups.ts";
import { batchExecuteStatement } from "./operations/batchExecuteStatement.ts";
import { batchGetItem } from "./operations/batchGetItem.ts";
import { batchWriteItem } from "./operations/batchWriteItem.ts";
import { describeContinuousBackups, updateContinuousBackups } from "./operations/continuousBackups.ts";
import {
  describeContributorInsights,
  listContributorInsights,
  updateContributorInsights,
} from "./operations/contributorInsights.ts";
import { createTable } from "./operations/createTable.ts";
import { deleteItem } from "./operations/deleteItem.ts";
import { deleteTable } from "./operations/deleteTable.ts";
import { describeTable } from "./operations/describeTable.ts";
import { executeStatement } from "./operations/executeStatement.ts";
import { executeTransaction } from "./operations/executeTransaction.ts";
import { describeExport, listExports } from "./operations/exports.ts";
import { exportTableToPointInTime } from "./operations/exportTableToPointInTime.ts";
import { getItem } from "./operations/getItem.ts";
import { describeImport, listImports } from "./operations/imports.ts";
import { importTable } from "./operations/importTable.ts";
import {
  describeKinesisStreamingDestination,
  disableKinesisStreamingDestination,
  enableKinesisStreamingDestination,
  updateKinesisStreamingDestination,
} from "./operations/kinesisDestinations.ts";
import { describeEndpoints, describeLimits } from "./operations/limits.ts";
import { listTables } from "./operations/listTables.ts";
import { putItem } from "./operations/putItem.ts";
import { query } from "./operations/query.ts";
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from "./operations/resourcePolicies.ts";
import { restoreTableFromBackup } from "./operations/restoreTableFromBackup.ts";
import { restoreTableToPointInTime } from "./operations/restoreTableToPointInTime.ts";
import { scan } from "./operations/scan.ts";
import { listTagsOfResource, tagResource, untagResource } from "./operations/tags.ts";
import { describeTimeToLive, updateTimeToLive } from "./operations/timeToLive.ts";
import { transactGetItems } from "./operations/transactGetItems.ts";
import { transactWriteItems } from "./operations/transactWriteItems.ts";
import { updateItem } from "./operations/updateItem.ts";
import { updateTable } from "./operations/updateTable.ts";
import { globalTableType } from "./resources/globalTable.ts";
import { tableType } from "./resources/table.ts";
import { openRoom, type Room } from "./room.ts";
import { keepSweeping } from "./sweep.ts";
import { quickReaders } from "./wire/quickReaders.ts";

/** AWS: these say in words of their own that they lack a table's name. */
const ON_TABLES: ReadonlySet<string> = new Set(
  ["CreateTable", "DescribeTable", "UpdateTable", "DeleteTable", "DescribeTimeToLive"].map((name) => `${name}Input`),
);

/** AWS: of these the operations speak in words of their own. */
const OWN_WORDS = {
  BatchGetItemInput: { ...constraints.BatchGetItemInput, RequestItems: { max: MAX_BATCH_GETS } },
  BatchWriteItemInput: { ...constraints.BatchWriteItemInput, RequestItems: { max: MAX_BATCH_WRITES } },
};

/** Amazon DynamoDB. */
export default defineService<Room, "dynamodb">({
  name: "dynamodb",
  model,
  scope: "region",
  constraints: { ...constraints, ...OWN_WORDS },
  maxBodyBytes: MAX_REQUEST_BYTES,
  missingMember: (name, input) => (name === "TableName" && ON_TABLES.has(input) ? missingTableName() : undefined),
  quickReaders,
  open: openRoom,
  operations: {
    BatchExecuteStatement: batchExecuteStatement,
    BatchGetItem: batchGetItem,
    BatchWriteItem: batchWriteItem,
    CreateBackup: createBackup,
    CreateTable: createTable,
    DeleteBackup: deleteBackup,
    DeleteItem: deleteItem,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteTable: deleteTable,
    DescribeBackup: describeBackup,
    DescribeContinuousBackups: describeContinuousBackups,
    DescribeContributorInsights: describeContributorInsights,
    DescribeEndpoints: describeEndpoints,
    DescribeExport: describeExport,
    DescribeImport: describeImport,
    DescribeKinesisStreamingDestination: describeKinesisStreamingDestination,
    DescribeLimits: describeLimits,
    DescribeTable: describeTable,
    DescribeTimeToLive: describeTimeToLive,
    DisableKinesisStreamingDestination: disableKinesisStreamingDestination,
    EnableKinesisStreamingDestination: enableKinesisStreamingDestination,
    ExecuteStatement: executeStatement,
    ExecuteTransaction: executeTransaction,
    ExportTableToPointInTime: exportTableToPointInTime,
    GetItem: getItem,
    GetResourcePolicy: getResourcePolicy,
    ImportTable: importTable,
    ListBackups: listBackups,
    ListContributorInsights: listContributorInsights,
    ListExports: listExports,
    ListImports: listImports,
    ListTables: listTables,
    ListTagsOfResource: listTagsOfResource,
    PutItem: putItem,
    PutResourcePolicy: putResourcePolicy,
    Query: query,
    RestoreTableFromBackup: restoreTableFromBackup,
    RestoreTableToPointInTime: restoreTableToPointInTime,
    Scan: scan,
    TagResource: tagResource,
    TransactGetItems: transactGetItems,
    TransactWriteItems: transactWriteItems,
    UntagResource: untagResource,
    UpdateContinuousBackups: updateContinuousBackups,
    UpdateContributorInsights: updateContributorInsights,
    UpdateItem: updateItem,
    UpdateKinesisStreamingDestination: updateKinesisStreamingDestination,
    UpdateTable: updateTable,
    UpdateTimeToLive: updateTimeToLive,
  },
  iam,
  resources: [globalTableType, tableType],
  resume: (room) => {
    removeUnfinished(room);
    resumeFilling(room);
    keepSweeping(room);
  },
  close: async (room) => {
    room.closing.abort(new Error("the cloud is stopping"));
    room.sizes.save();
  },
});
