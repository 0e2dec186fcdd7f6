import type { LogGroupClass } from "@aws-sdk/client-cloudwatch-logs";
import type { Context } from "../../kernel/context.ts";
import type { GroupRecord, StreamRecord } from "./records.ts";
import type { Room } from "./room.ts";

type Groups = Pick<Room, "streams" | "metricFilters">;

export const groupView = (room: Groups, ctx: Context, group: GroupRecord) => ({
  ...foundGroupView(room, ctx, group),
  ...(group.retentionDays === undefined ? {} : { retentionInDays: group.retentionDays }),
  storedBytes: storedBytes(room, group.name),
  ...(group.kmsKeyId === undefined ? {} : { kmsKeyId: group.kmsKeyId }),
  deletionProtectionEnabled: group.deletionProtected ?? false,
});

/** AWS: of groups that a pattern finds, less is said. */
export const foundGroupView = ({ metricFilters }: Groups, ctx: Context, group: GroupRecord) => ({
  logGroupName: group.name,
  creationTime: group.createdAt,
  metricFilterCount: metricFilters.count({ prefix: [group.name] }),
  arn: ctx.arn("log-group", group.name, "*"),
  logGroupArn: ctx.arn("log-group", group.name),
  logGroupClass: logGroupClass(group),
});

export const logGroupClass = ({ logGroupClass }: GroupRecord): LogGroupClass =>
  logGroupClass === "INFREQUENT_ACCESS" || logGroupClass === "DELIVERY" ? logGroupClass : "STANDARD";

const storedBytes = ({ streams }: Groups, group: string): number => {
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
