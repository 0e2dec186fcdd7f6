import { parseArn } from "../../../kernel/arn.ts";
import { isRefusal } from "../../../kernel/errors.ts";
import { sendToDestination } from "../destinations.ts";
import { functionArn } from "../find.ts";
import type { EventSourceRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { BatchResult } from "./invokeBatch.ts";
import { countEvents } from "./mappingMetrics.ts";
import { type StreamItem, streamEventText } from "./streamEvent.ts";

interface Discarded {
  readonly condition: string;
  readonly items: readonly StreamItem[];
  readonly invokeCount: number;
  readonly ran: BatchResult | undefined;
  readonly shardId: string;
}

/** Tells a mapping's destination of records that were given up. https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-errors.html */
export const reportDiscarded = async (room: Room, mapping: EventSourceRecord, discarded: Discarded): Promise<void> => {
  if (!mapping.onFailure) return;
  const record = failureRecord(room, mapping, discarded);
  const toBucket = parseArn(mapping.onFailure)?.service === "s3";
  // AWS: a bucket gets the records themselves as well; a message has no room for them.
  const payload = streamEventText({ Records: discarded.items.map((item) => item.record) });
  const text = JSON.stringify(toBucket ? { ...record, payload } : record);
  try {
    await sendToDestination(room, mapping.functionName, mapping.onFailure, text, {
      objectKey: objectKey(room, mapping, discarded),
    });
    countEvents(room, mapping, "OnFailureDestinationDeliveredEventCount", discarded.items.length);
  } catch (error) {
    // A destination that is gone or forbidden loses the record, as on AWS.
    if (!isRefusal(error)) throw error;
  }
};

const failureRecord = (room: Room, mapping: EventSourceRecord, discarded: Discarded) => {
  const { items, ran, condition, invokeCount, shardId } = discarded;
  const [first, last] = [items[0], items.at(-1)];
  return {
    requestContext: {
      requestId: ran?.requestId ?? room.ids.uuid(),
      functionArn: functionArn(room, mapping.functionName, mapping.qualifier || undefined),
      condition,
      approximateInvokeCount: invokeCount,
    },
    ...(ran
      ? {
          responseContext: {
            statusCode: 200,
            executedVersion: ran.executedVersion,
            // AWS: a function that only named items it could not handle has no error, and is said to have none.
            functionError: ran.result.outcome === "error" ? "Unhandled" : null,
          },
        }
      : {}),
    version: "1.0",
    timestamp: new Date(room.clock.now()).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequence,
      endSequenceNumber: last?.sequence,
      approximateArrivalOfFirstRecord: isoSeconds(first),
      approximateArrivalOfLastRecord: isoSeconds(last),
      batchSize: items.length,
      streamArn: mapping.sourceArn,
    },
  };
};

const isoSeconds = (item: StreamItem | undefined): string => `${new Date(item?.at ?? 0).toISOString().slice(0, 19)}Z`;

/** `aws/lambda/UUID/SHARD/2026/01/31/2026-01-31T12.00.00-RANDOM` */
const objectKey = (room: Room, { uuid }: EventSourceRecord, { shardId }: Discarded): string => {
  const time = new Date(room.clock.now()).toISOString();
  const day = time.slice(0, 10).replaceAll("-", "/");
  return `aws/lambda/${uuid}/${shardId}/${day}/${time.slice(0, 19).replaceAll(":", ".")}-${room.ids.uuid()}`;
};
