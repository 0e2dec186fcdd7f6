import { gzipSync } from "node:zlib";
import { parseArn } from "../../../kernel/arn.ts";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import type { LogEvent, StreamRecord, SubscriptionRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { Compiled } from "./filters.ts";

/** The service as which events go out: what the function's policy must let in. */
export const asLogs = (room: Room, group: string) =>
  room.contextAs({
    kind: "service",
    account: room.account,
    service: "logs.amazonaws.com",
    sourceArn: `arn:${room.partition}:logs:${room.region}:${room.account}:log-group:${group}:*`,
  });

/** Sends the events a subscription asks for to its function, as one message. */
export const deliver = (
  room: Room,
  { record, matches }: Compiled<SubscriptionRecord>,
  stream: StreamRecord,
  events: readonly LogEvent[],
): void => {
  // Differs: a function that is sent its own log would call itself for ever.
  if (stream.group === `/aws/lambda/${functionNameIn(record.destinationArn)}`) return;
  const found = events.filter(([, message]) => matches(message));
  if (found.length === 0) return;
  room.tasks.spawn(`log events for ${record.destinationArn}`, async (signal) => {
    await room.records.committed();
    try {
      await asLogs(room, stream.group).call("lambda", "Invoke", {
        FunctionName: record.destinationArn,
        InvocationType: "Event",
        Payload: Buffer.from(JSON.stringify({ awslogs: { data: packed(room, record, stream, found) } })),
      });
    } catch (error) {
      if (signal.aborted) throw error;
      const said = `${errorCode(error)}: ${errorMessage(error)}`;
      process.stderr.write(
        `aloft: the subscription ${record.name} could not reach ${record.destinationArn}: ${said}\n`,
      );
    }
  });
};

const functionNameIn = (arn: string): string => parseArn(arn)?.resource.split(":")[1] ?? "";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
const packed = (room: Room, { name }: SubscriptionRecord, stream: StreamRecord, events: readonly LogEvent[]): string =>
  gzipSync(
    JSON.stringify({
      messageType: "DATA_MESSAGE",
      owner: room.account,
      logGroup: stream.group,
      logStream: stream.name,
      subscriptionFilters: [name],
      logEvents: events.map(([timestamp, message], index) => ({
        id: `${timestamp}${String(stream.batches).padStart(12, "0")}${String(index).padStart(8, "0")}`.padStart(
          56,
          "0",
        ),
        timestamp,
        message,
      })),
    }),
  ).toString("base64");
