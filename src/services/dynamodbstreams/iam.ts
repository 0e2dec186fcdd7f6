import type { IamTable } from "../../kernel/service.ts";
import { placeOf } from "./iterator.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html: one service with DynamoDB. */
export const iam: IamTable<Room, "dynamodbstreams"> = {
  DescribeStream: (_room, _ctx, { StreamArn }) => ({ action: "dynamodb:DescribeStream", resource: StreamArn }),
  GetShardIterator: (_room, _ctx, { StreamArn }) => ({ action: "dynamodb:GetShardIterator", resource: StreamArn }),
  GetRecords: (_room, _ctx, { ShardIterator }) => ({
    action: "dynamodb:GetRecords",
    resource: placeOf(ShardIterator).arn,
  }),
  ListStreams: (_room, ctx, { TableName }) => ({
    action: "dynamodb:ListStreams",
    resource: `arn:${ctx.partition}:dynamodb:${ctx.region}:${ctx.account}:table/${TableName?.split(":table/").at(-1) ?? "*"}/stream/*`,
  }),
};
