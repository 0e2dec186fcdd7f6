import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import { errorCode } from "../../kernel/errors.ts";
import type { IamTable } from "../../kernel/service.ts";
import { tableAt, tableName } from "./find.ts";
import { parseStatement } from "./partiql/parse.ts";
import { planOf } from "./partiql/plan.ts";
import type { TableRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { type InputValue, readValue } from "./values/readValue.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
const request = (room: Room, ctx: Context, action: string, name: string, index?: string): AuthorizationRequest => {
  const table = tableAt(room, name);
  const isArn = name.startsWith("arn:");
  const arn = isArn ? name : ctx.arn(`table/${name}`);
  const policy = name.includes("/stream/") ? room.changes.find(name)?.resourcePolicy : table?.resourcePolicy;
  return {
    action: `dynamodb:${action}`,
    resource: index === undefined ? arn : `${arn}/index/${index}`,
    resourcePolicy: policy && JSON.parse(policy.document),
    ...(isArn ? { resourceAccount: name.split(":")[4] ?? "" } : {}),
  };
};

type OnTable = { readonly TableName: string; readonly IndexName?: string | undefined };

/** What is asked of a table itself is the same at every call, until its record is another. */
const onTable = (action: string) => {
  const known = new WeakMap<TableRecord, readonly AuthorizationRequest[]>();
  return (room: Room, ctx: Context, { TableName, IndexName }: OnTable): readonly AuthorizationRequest[] => {
    const isPlain = IndexName === undefined && !TableName.startsWith("arn:");
    const table = isPlain ? room.tables.get(tableName(TableName)) : undefined;
    const asked = (table && known.get(table)) ?? [request(room, ctx, action, TableName, IndexName)];
    if (table) known.set(table, asked);
    return asked;
  };
};

const onResource = (action: string) => (room: Room, ctx: Context, input: { readonly ResourceArn: string }) =>
  request(room, ctx, action, input.ResourceArn);

const onEach = (action: string) => (room: Room, ctx: Context, input: { readonly RequestItems: object }) =>
  Object.keys(input.RequestItems).map((name) => request(room, ctx, action, name));

const STATEMENT_ACTIONS = {
  select: "PartiQLSelect",
  insert: "PartiQLInsert",
  update: "PartiQLUpdate",
  delete: "PartiQLDelete",
} as const;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html */
const onStatement = (
  room: Room,
  ctx: Context,
  {
    Statement,
    Parameters = [],
  }: { readonly Statement: string; readonly Parameters?: readonly InputValue[] | undefined },
): AuthorizationRequest => {
  const read = parseStatement(Statement, Parameters.map(readValue));
  const statement = read.kind === "exists" ? read.select : read;
  const { table: name, index } = statement.target;
  const action = STATEMENT_ACTIONS[statement.kind];
  const asked = request(room, ctx, action, name, index);
  const table = statement.kind === "select" ? tableAt(room, name) : undefined;
  if (statement.kind !== "select" || !table) return asked;
  const schema = table.indexes.find((each) => each.name === index)?.key ?? table.key;
  const scans = planOf(statement.where, schema).partitions === undefined;
  return { ...asked, conditions: { "dynamodb:FullTableScan": String(scans) } };
};

/** AWS: of a batch, what cannot be read is refused by itself, later. */
const onReadable = (room: Room, ctx: Context, statement: Parameters<typeof onStatement>[2]) => {
  try {
    return [onStatement(room, ctx, statement)];
  } catch (error) {
    if (errorCode(error) === "ValidationException") return [];
    throw error;
  }
};

export const iam: IamTable<Room, "dynamodb"> = {
  CreateTable: onTable("CreateTable"),
  DescribeTable: onTable("DescribeTable"),
  UpdateTable: onTable("UpdateTable"),
  DeleteTable: onTable("DeleteTable"),
  ListTables: () => ({ action: "dynamodb:ListTables", resource: "*" }),
  GetItem: onTable("GetItem"),
  PutItem: onTable("PutItem"),
  UpdateItem: onTable("UpdateItem"),
  DeleteItem: onTable("DeleteItem"),
  Query: onTable("Query"),
  Scan: onTable("Scan"),
  BatchGetItem: onEach("BatchGetItem"),
  BatchWriteItem: onEach("BatchWriteItem"),
  TransactGetItems: (room, ctx, input) =>
    input.TransactItems.map(({ Get }) => request(room, ctx, "GetItem", Get.TableName)),
  // AWS: a transaction needs the permission of each of its actions.
  TransactWriteItems: (room, ctx, input) =>
    input.TransactItems.flatMap(({ Put, Update, Delete, ConditionCheck }) => [
      ...(Put ? [request(room, ctx, "PutItem", Put.TableName)] : []),
      ...(Update ? [request(room, ctx, "UpdateItem", Update.TableName)] : []),
      ...(Delete ? [request(room, ctx, "DeleteItem", Delete.TableName)] : []),
      ...(ConditionCheck ? [request(room, ctx, "ConditionCheckItem", ConditionCheck.TableName)] : []),
    ]),
  ExecuteStatement: onStatement,
  BatchExecuteStatement: (room, ctx, input) => input.Statements.flatMap((each) => onReadable(room, ctx, each)),
  ExecuteTransaction: (room, ctx, input) => input.TransactStatements.map((each) => onStatement(room, ctx, each)),
  CreateBackup: onTable("CreateBackup"),
  ListBackups: () => ({ action: "dynamodb:ListBackups", resource: "*" }),
  DescribeBackup: (_room, _ctx, input) => ({ action: "dynamodb:DescribeBackup", resource: input.BackupArn }),
  DeleteBackup: (_room, _ctx, input) => ({ action: "dynamodb:DeleteBackup", resource: input.BackupArn }),
  RestoreTableFromBackup: (_room, ctx, input) => [
    { action: "dynamodb:RestoreTableFromBackup", resource: input.BackupArn },
    { action: "dynamodb:RestoreTableFromBackup", resource: ctx.arn(`table/${input.TargetTableName}`) },
  ],
  // AWS: restoring reads the past of one table and makes another.
  RestoreTableToPointInTime: (room, ctx, input) => [
    request(room, ctx, "RestoreTableToPointInTime", input.SourceTableArn ?? input.SourceTableName ?? "*"),
    { action: "dynamodb:RestoreTableToPointInTime", resource: ctx.arn(`table/${input.TargetTableName}`) },
  ],
  TagResource: onResource("TagResource"),
  UntagResource: onResource("UntagResource"),
  ListTagsOfResource: onResource("ListTagsOfResource"),
  PutResourcePolicy: onResource("PutResourcePolicy"),
  GetResourcePolicy: onResource("GetResourcePolicy"),
  DeleteResourcePolicy: onResource("DeleteResourcePolicy"),
  DescribeLimits: () => ({ action: "dynamodb:DescribeLimits", resource: "*" }),
  DescribeEndpoints: () => ({ action: "dynamodb:DescribeEndpoints", resource: "*" }),
  UpdateContinuousBackups: onTable("UpdateContinuousBackups"),
  ExportTableToPointInTime: (room, ctx, input) => request(room, ctx, "ExportTableToPointInTime", input.TableArn),
  DescribeExport: (_room, _ctx, input) => ({ action: "dynamodb:DescribeExport", resource: input.ExportArn }),
  ListExports: () => ({ action: "dynamodb:ListExports", resource: "*" }),
  ImportTable: (_room, ctx, input) => ({
    action: "dynamodb:ImportTable",
    resource: ctx.arn(`table/${input.TableCreationParameters.TableName}/import/*`),
  }),
  DescribeImport: (_room, _ctx, input) => ({ action: "dynamodb:DescribeImport", resource: input.ImportArn }),
  ListImports: () => ({ action: "dynamodb:ListImports", resource: "*" }),
  DescribeContributorInsights: onTable("DescribeContributorInsights"),
  UpdateContributorInsights: onTable("UpdateContributorInsights"),
  ListContributorInsights: () => ({ action: "dynamodb:ListContributorInsights", resource: "*" }),
  DescribeKinesisStreamingDestination: onTable("DescribeKinesisStreamingDestination"),
  EnableKinesisStreamingDestination: onTable("EnableKinesisStreamingDestination"),
  DisableKinesisStreamingDestination: onTable("DisableKinesisStreamingDestination"),
  UpdateKinesisStreamingDestination: onTable("UpdateKinesisStreamingDestination"),
  UpdateTimeToLive: onTable("UpdateTimeToLive"),
  DescribeTimeToLive: onTable("DescribeTimeToLive"),
  DescribeContinuousBackups: onTable("DescribeContinuousBackups"),
};
