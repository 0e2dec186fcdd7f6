import { streamBatchInfo } from "../../../engines/eventSources/streamBatchInfo.ts";
import type { Discarded } from "../../../engines/eventSources/streamConsumer.ts";
import { streamEventText } from "../../../engines/eventSources/streamEvent.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { isRefusal } from "../../../kernel/errors.ts";
import { sendToDestination } from "../destinations.ts";
import { functionArn } from "../find.ts";
import type { EventSourceRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { BatchResult } from "./invokeBatch.ts";
import { countEvents } from "./mappingMetrics.ts";

/** Tells a mapping's destination of records that were given up. https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-errors.html */
export const reportDiscarded = async (
  room: Room,
  mapping: EventSourceRecord,
  discarded: Discarded<BatchResult>,
): Promise<void> => {
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

const failureRecord = (room: Room, mapping: EventSourceRecord, discarded: Discarded<BatchResult>) => {
  const { run, condition, attempts } = discarded;
  return {
    requestContext: {
      requestId: run?.requestId ?? room.ids.uuid(),
      functionArn: functionArn(room, mapping.functionName, mapping.qualifier || undefined),
      condition,
      approximateInvokeCount: attempts,
    },
    ...(run
      ? {
          responseContext: {
            statusCode: 200,
            executedVersion: run.executedVersion,
            // AWS: a function that only named items it could not handle has no error, and is said to have none.
            functionError: run.result.outcome === "error" ? "Unhandled" : null,
          },
        }
      : {}),
    version: "1.0",
    timestamp: new Date(room.clock.now()).toISOString(),
    DDBStreamBatchInfo: streamBatchInfo(discarded, mapping.sourceArn),
  };
};

/** `aws/lambda/UUID/SHARD/2026/01/31/2026-01-31T12.00.00-RANDOM` */
const objectKey = (room: Room, { uuid }: EventSourceRecord, { shardId }: Discarded<BatchResult>): string => {
  const time = new Date(room.clock.now()).toISOString();
  const day = time.slice(0, 10).replaceAll("-", "/");
  return `aws/lambda/${uuid}/${shardId}/${day}/${time.slice(0, 19).replaceAll(":", ".")}-${room.ids.uuid()}`;
};
