import { checkLimit, dataTrimmed, iteratorExpired } from "../errors.ts";
import { findStream } from "../find.ts";
import { iteratorOf, placeOf } from "../iterator.ts";
import { ITERATOR_LIFE_MS, MAX_RECORD_BYTES, MAX_RECORDS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { recordView } from "../views.ts";

export const getRecords =
  (room: Room): Operation<"GetRecords"> =>
  async (_ctx, input) => {
    checkLimit(input.Limit, MAX_RECORDS);
    const now = room.clock.now();
    const place = placeOf(input.ShardIterator);
    if (place.at + ITERATOR_LIFE_MS <= now) throw iteratorExpired();
    const stream = findStream(room, place.arn);
    const shard = room.changes.shards(stream, now).find(({ id }) => id === place.shard);
    if (!shard || place.next < stream.first) throw dataTrimmed();
    const limit = input.Limit ?? MAX_RECORDS;
    const Records: ReturnType<typeof recordView>[] = [];
    let bytes = 0;
    let next = place.next;
    let isRead = true;
    for (const change of room.changes.read(stream, place.next, now)) {
      if (shard.to !== undefined && change.number > shard.to) break;
      // There is more of it than an answer holds.
      isRead = Records.length < limit && bytes < MAX_RECORD_BYTES;
      if (!isRead) break;
      Records.push(recordView(change));
      bytes += change.text.length;
      next = change.number + 1;
    }
    // AWS: a shard that is closed and read to its end has no next iterator.
    const ended = shard.to !== undefined && isRead;
    return { Records, ...(ended ? {} : { NextShardIterator: iteratorOf({ ...place, next, at: now }) }) };
  };
