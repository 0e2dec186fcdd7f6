import * as model from "@aws-sdk/client-dynamodb-streams";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { describeStream } from "./operations/describeStream.ts";
import { getRecords } from "./operations/getRecords.ts";
import { getShardIterator } from "./operations/getShardIterator.ts";
import { listStreams } from "./operations/listStreams.ts";
import { openRoom, type Room } from "./room.ts";

/** Amazon DynamoDB Streams: the reading side of what DynamoDB's room writes. */
export default defineService<Room, "dynamodbstreams">({
  name: "dynamodbstreams",
  model,
  scope: "region",
  stateOf: "dynamodb",
  constraints,
  open: openRoom,
  operations: {
    DescribeStream: describeStream,
    GetRecords: getRecords,
    GetShardIterator: getShardIterator,
    ListStreams: listStreams,
  },
  iam,
});
