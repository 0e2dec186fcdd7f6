import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { tableName } from "./find.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
const request = (room: Room, ctx: Context, action: string, name: string, index?: string): AuthorizationRequest => {
  const table = room.tables.get(tableName(name));
  const arn = name.startsWith("arn:") ? name : ctx.arn(`table/${name}`);
  const policy = table?.resourcePolicy;
  return {
    action: `dynamodb:${action}`,
    resource: index === undefined ? arn : `${arn}/index/${index}`,
    resourcePolicy: policy && JSON.parse(policy.document),
  };
};

const onTable =
  (action: string) =>
  (room: Room, ctx: Context, input: { readonly TableName: string; readonly IndexName?: string | undefined }) =>
    request(room, ctx, action, input.TableName, input.IndexName);

const onResource = (action: string) => (room: Room, ctx: Context, input: { readonly ResourceArn: string }) =>
  request(room, ctx, action, input.ResourceArn);

const onEach = (action: string) => (room: Room, ctx: Context, input: { readonly RequestItems: object }) =>
  Object.keys(input.RequestItems).map((name) => request(room, ctx, action, name));

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
  TagResource: onResource("TagResource"),
  UntagResource: onResource("UntagResource"),
  ListTagsOfResource: onResource("ListTagsOfResource"),
  PutResourcePolicy: onResource("PutResourcePolicy"),
  GetResourcePolicy: onResource("GetResourcePolicy"),
  DeleteResourcePolicy: onResource("DeleteResourcePolicy"),
  DescribeLimits: () => ({ action: "dynamodb:DescribeLimits", resource: "*" }),
  DescribeEndpoints: () => ({ action: "dynamodb:DescribeEndpoints", resource: "*" }),
  UpdateContinuousBackups: onTable("UpdateContinuousBackups"),
  UpdateTimeToLive: onTable("UpdateTimeToLive"),
  DescribeTimeToLive: onTable("DescribeTimeToLive"),
  DescribeContinuousBackups: onTable("DescribeContinuousBackups"),
};
