import type { Discarded } from "./streamConsumer.ts";
import type { StreamItem } from "./streamEvent.ts";

/** Which records of a stream were given up, for who is told of it. */
export const streamBatchInfo = ({ items, shardId }: Discarded<unknown>, streamArn: string) => ({
  shardId,
  startSequenceNumber: items[0]?.sequence,
  endSequenceNumber: items.at(-1)?.sequence,
  approximateArrivalOfFirstRecord: isoSeconds(items[0]),
  approximateArrivalOfLastRecord: isoSeconds(items.at(-1)),
  batchSize: items.length,
  streamArn,
});

const isoSeconds = (item: StreamItem | undefined): string => `${new Date(item?.at ?? 0).toISOString().slice(0, 19)}Z`;
