import type { LogGroupClass } from "@aws-sdk/client-cloudwatch-logs";
import type { Context } from "../../kernel/context.ts";
import type { GroupRecord, StreamRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const groupView = (
  { streams, metricFilters }: Pick<Room, "streams" | "metricFilters">,
  ctx: Context,
  group: GroupRecord,
) => ({
  logGroupName: group.name,
  creationTime: group.createdAt,
  ...(group.retentionDays === undefined ? {} : { retentionInDays: group.retentionDays }),
  metricFilterCount: metricFilters.count({ prefix: [group.name] }),
  arn: ctx.arn("log-group", group.name, "*"),
  logGroupArn: ctx.arn("log-group", group.name),
  storedBytes: storedBytes({ streams }, group.name),
  ...(group.kmsKeyId === undefined ? {} : { kmsKeyId: group.kmsKeyId }),
  logGroupClass: logGroupClass(group),
  deletionProtectionEnabled: group.deletionProtected ?? false,
});

export const logGroupClass = ({ logGroupClass }: GroupRecord): LogGroupClass =>
  logGroupClass === "INFREQUENT_ACCESS" || logGroupClass === "DELIVERY" ? logGroupClass : "STANDARD";

const storedBytes = ({ streams }: Pick<Room, "streams">, group: string): number => {
  let bytes = 0;
  for (const { value } of streams.range({ prefix: [group] })) bytes += value.storedBytes;
  return bytes;
};

export const streamView = (ctx: Context, stream: StreamRecord) => ({
  logStreamName: stream.name,
  creationTime: stream.createdAt,
  ...(stream.firstEventAt === undefined ? {} : { firstEventTimestamp: stream.firstEventAt }),
  ...(stream.lastEventAt === undefined ? {} : { lastEventTimestamp: stream.lastEventAt }),
  ...(stream.lastIngestionAt === undefined ? {} : { lastIngestionTime: stream.lastIngestionAt }),
  // AWS: tokens are not needed any more, but still given once there was a batch.
  ...(stream.batches === 0 ? {} : { uploadSequenceToken: sequenceToken(stream) }),
  arn: ctx.arn("log-group", stream.group, "log-stream", stream.name),
  // AWS: since 2019 always zero for streams.
  storedBytes: 0,
});

export const sequenceToken = ({ batches }: StreamRecord): string => `4903${String(batches).padStart(52, "0")}`;
