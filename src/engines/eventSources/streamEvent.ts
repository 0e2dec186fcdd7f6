import { createHash } from "node:crypto";
import type { CallOutputs } from "../../kernel/aws.ts";
import type { PolledStream } from "./source.ts";

type StreamRecord = NonNullable<CallOutputs["dynamodbstreams"]["GetRecords"]["Records"]>[number];

/** One stream record as functions see it. https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export interface StreamItem {
  /** `eventID` */
  readonly id: string;
  readonly sequence: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly record: object;
  readonly bytes: number;
}

export const streamItem = (record: StreamRecord, { sourceArn }: Pick<PolledStream, "sourceArn">): StreamItem => {
  const { ApproximateCreationDateTime, ...change } = record.dynamodb ?? {};
  const at = ApproximateCreationDateTime?.getTime() ?? 0;
  const { userIdentity } = record;
  const shown = {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: record.eventVersion,
    eventSource: record.eventSource,
    awsRegion: record.awsRegion,
    dynamodb: { ApproximateCreationDateTime: Math.floor(at / 1000), ...plain(change) },
    // AWS: spelled otherwise than in the stream itself.
    ...(userIdentity ? { userIdentity: { principalId: userIdentity.PrincipalId, type: userIdentity.Type } } : {}),
    eventSourceARN: sourceArn,
  };
  return {
    id: record.eventID ?? "",
    sequence: record.dynamodb?.SequenceNumber ?? "",
    at,
    record: shown,
    bytes: Buffer.byteLength(JSON.stringify(shown)),
  };
};

/** An event of stream records. AWS: their times are written `1.767225600E9`, which Python reads as a float. */
export const streamEventText = (event: object): string =>
  JSON.stringify(event).replace(
    /"ApproximateCreationDateTime":(\d)(\d{9})(?!\d)/g,
    '"ApproximateCreationDateTime":$1.$2E9',
  );

/** The lane a record belongs to: all changes of one partition key stay in order. */
export const laneOf = (record: StreamRecord, partitionKey: string, lanes: number): number => {
  if (lanes === 1) return 0;
  const key = JSON.stringify(plain({ key: record.dynamodb?.Keys?.[partitionKey] }));
  return createHash("md5").update(key).digest().readUInt32BE() % lanes;
};

/** A value as JSON carries it: binary in base64. */
const plain = (value: object): object =>
  Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainMember(member)]));

const plainMember = (member: unknown): unknown => {
  if (member instanceof Uint8Array) return Buffer.from(member).toString("base64");
  if (Array.isArray(member)) return member.map(plainMember);
  return typeof member === "object" && member !== null ? plain(member) : member;
};
