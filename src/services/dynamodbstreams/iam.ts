import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { IamTable } from "../../kernel/service.ts";
import { placeOf } from "./iterator.ts";
import type { Room } from "./room.ts";

/** An action on a stream, under the stream's own policy as well. */
const onStream = ({ changes }: Room, action: string, resource: string): AuthorizationRequest => {
  const policy = changes.find(resource)?.resourcePolicy;
  return { action: `dynamodb:${action}`, resource, resourcePolicy: policy && JSON.parse(policy.document) };
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html: one service with DynamoDB. */
export const iam: IamTable<Room, "dynamodbstreams"> = {
  DescribeStream: (room, _ctx, { StreamArn }) => onStream(room, "DescribeStream", StreamArn),
  GetShardIterator: (room, _ctx, { StreamArn }) => onStream(room, "GetShardIterator", StreamArn),
  GetRecords: (room, _ctx, { ShardIterator }) => onStream(room, "GetRecords", placeOf(ShardIterator).arn),
  ListStreams: (_room, ctx, { TableName }) => ({
    action: "dynamodb:ListStreams",
    resource: `arn:${ctx.partition}:dynamodb:${ctx.region}:${ctx.account}:table/${TableName?.split(":table/").at(-1) ?? "*"}/stream/*`,
  }),
};
