import type { ChangeStream } from "../../../engines/changes/changeLogs.ts";
import { dataTrimmed, shardNotFound, validationError } from "../errors.ts";
import { findStream } from "../find.ts";
import { iteratorOf } from "../iterator.ts";
import type { Operation, Room } from "../room.ts";
import { numberOf } from "../sequence.ts";

export const getShardIterator =
  (room: Room): Operation<"GetShardIterator"> =>
  async (_ctx, input) => {
    const stream = findStream(room, input.StreamArn);
    if (input.ShardId !== stream.shardId) throw shardNotFound(input.ShardId, input.StreamArn);
    const next = placeOf(room, stream, input.ShardIteratorType, input.SequenceNumber);
    return { ShardIterator: iteratorOf({ arn: stream.arn, next, at: room.clock.now() }) };
  };

const placeOf = ({ changes }: Room, stream: ChangeStream, type: string, sequence: string | undefined): number => {
  if (type === "TRIM_HORIZON") return stream.first;
  if (type === "LATEST") return changes.next(stream);
  if (sequence === undefined) throw validationError(`A SequenceNumber is required for the ShardIteratorType ${type}`);
  const number = numberOf(sequence);
  if (number >= changes.next(stream) || number < 1)
    throw validationError(`Invalid SequenceNumber for shard ${stream.shardId}: ${sequence}`);
  if (number < stream.first) throw dataTrimmed();
  return type === "AT_SEQUENCE_NUMBER" ? number : number + 1;
};
