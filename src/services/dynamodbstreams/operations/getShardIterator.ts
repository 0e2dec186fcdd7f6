import type { ChangeStream } from "../../../engines/changes/changeLogs.ts";
import type { Shard } from "../../../engines/changes/shards.ts";
import { dataTrimmed, shardNotFound, validationError } from "../errors.ts";
import { findStream } from "../find.ts";
import { iteratorOf } from "../iterator.ts";
import type { Operation, Room } from "../room.ts";
import { numberOf } from "../sequence.ts";

export const getShardIterator =
  (room: Room): Operation<"GetShardIterator"> =>
  async (_ctx, input) => {
    const stream = findStream(room, input.StreamArn);
    const at = room.clock.now();
    const shard = room.changes.shards(stream, at).find(({ id }) => id === input.ShardId);
    if (!shard) throw shardNotFound(input.ShardId, input.StreamArn);
    const next = placeOf(room, stream, shard, input);
    return { ShardIterator: iteratorOf({ arn: stream.arn, shard: shard.id, next, at }) };
  };

type Input = Parameters<ReturnType<typeof getShardIterator>>[1];

const placeOf = (
  { changes }: Room,
  stream: ChangeStream,
  shard: Shard,
  { ShardIteratorType: type, SequenceNumber: sequence }: Input,
): number => {
  const end = shard.to === undefined ? changes.next(stream) : shard.to + 1;
  if (type !== "AT_SEQUENCE_NUMBER" && type !== "AFTER_SEQUENCE_NUMBER" && sequence !== undefined)
    throw validationError(`A SequenceNumber must not be specified for the ShardIteratorType ${type}`);
  if (type === "TRIM_HORIZON") return Math.max(shard.from, stream.first);
  if (type === "LATEST") return end;
  if (sequence === undefined) throw validationError(`A SequenceNumber is required for the ShardIteratorType ${type}`);
  const number = numberOf(sequence);
  if (number !== shard.from && (number >= end || number < shard.from))
    throw validationError(`Invalid SequenceNumber for shard ${shard.id}: ${sequence}`);
  if (number < stream.first) throw dataTrimmed();
  return type === "AT_SEQUENCE_NUMBER" ? number : number + 1;
};
