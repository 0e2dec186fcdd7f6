import type { _Record, AttributeValue } from "@aws-sdk/client-dynamodb-streams";
import type { Change, ChangeStream } from "../../engines/changes/changeLogs.ts";
import type { Shard } from "../../engines/changes/shards.ts";
import { sequenceOf } from "./sequence.ts";

export const streamView = ({ arn, label, tableName }: ChangeStream) => ({
  StreamArn: arn,
  TableName: tableName,
  StreamLabel: label,
});

export const descriptionView = (stream: ChangeStream) => ({
  ...streamView(stream),
  StreamStatus: stream.closedAt === undefined ? ("ENABLED" as const) : ("DISABLED" as const),
  StreamViewType: stream.viewType,
  CreationRequestDateTime: new Date(stream.createdAt),
  KeySchema: [
    { AttributeName: stream.partitionKey, KeyType: "HASH" as const },
    ...(stream.sortKey === undefined ? [] : [{ AttributeName: stream.sortKey, KeyType: "RANGE" as const }]),
  ],
});

export const shardView = ({ id, parent, from, to }: Shard) => ({
  ShardId: id,
  SequenceNumberRange: {
    StartingSequenceNumber: sequenceOf(from),
    ...(to === undefined ? {} : { EndingSequenceNumber: sequenceOf(to) }),
  },
  ...(parent === undefined ? {} : { ParentShardId: parent }),
});

/** A change as DynamoDB wrote it down, beside the stream's own layout. */
interface Written {
  readonly head: Pick<_Record, "eventID" | "eventName" | "eventVersion" | "eventSource" | "awsRegion" | "userIdentity">;
  readonly detail: {
    readonly ApproximateCreationDateTime: number;
    readonly SizeBytes: number;
    readonly StreamViewType: ChangeStream["viewType"];
  };
  readonly keys: WireItem;
  readonly newImage?: WireItem;
  readonly oldImage?: WireItem;
}

export const recordView = ({ number, text }: Change) => {
  const { head, detail, keys, newImage, oldImage }: Written = JSON.parse(text);
  return {
    ...head,
    dynamodb: {
      ...detail,
      ApproximateCreationDateTime: new Date(detail.ApproximateCreationDateTime * 1000),
      Keys: itemOf(keys),
      ...(newImage ? { NewImage: itemOf(newImage) } : {}),
      ...(oldImage ? { OldImage: itemOf(oldImage) } : {}),
      SequenceNumber: sequenceOf(number),
    },
  };
};

/** An attribute value in the wire's JSON: binary in base64. */
interface WireValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: true;
  readonly SS?: string[];
  readonly NS?: string[];
  readonly BS?: readonly string[];
  readonly L?: readonly WireValue[];
  readonly M?: WireItem;
}

interface WireItem {
  readonly [name: string]: WireValue;
}

const itemOf = (item: WireItem): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attributeOf(value)]));

const attributeOf = (value: WireValue): AttributeValue => {
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.B !== undefined) return { B: Buffer.from(value.B, "base64") };
  if (value.M !== undefined) return { M: itemOf(value.M) };
  if (value.L !== undefined) return { L: value.L.map(attributeOf) };
  if (value.SS !== undefined) return { SS: value.SS };
  if (value.NS !== undefined) return { NS: value.NS };
  if (value.BS !== undefined) return { BS: value.BS.map((each) => Buffer.from(each, "base64")) };
  return value.BOOL === undefined ? { NULL: true } : { BOOL: value.BOOL };
};
