import { createHash } from "node:crypto";

/** AWS: a shard takes changes for some hours, and is followed by another one. */
export const SHARD_LIFE_MS = 4 * 60 * 60 * 1000;

/** A part of a stream. */
export interface StoredShard {
  readonly id: string;
  readonly parent?: string;
  /** The number of its first change. */
  readonly from: number;
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
}

/** The same with the number it ended with, once it takes no more changes. */
export interface Shard extends StoredShard {
  readonly to?: number;
}

/** What of a stream says which shards it has. */
export interface Sharded {
  readonly id: string;
  /** Its first shard. */
  readonly shardId: string;
  readonly createdAt: number;
  readonly closedAt?: number;
  /** Its shards in order, once there has been more than the first. */
  readonly shards?: readonly StoredShard[];
}

export const shardsOf = ({ shards, shardId, createdAt }: Sharded): readonly StoredShard[] =>
  shards ?? [{ id: shardId, from: 1, at: createdAt }];

/** Those that were not followed by another one before a moment. */
export const youngEnough = (shards: readonly StoredShard[], horizon: number): readonly StoredShard[] =>
  shards.filter((_shard, at) => (shards[at + 1]?.at ?? Number.POSITIVE_INFINITY) > horizon);

/** A stream as it is by now: with another shard when its last one is old enough, which ends with the number given. */
export const afterTime = <S extends Sharded>(stream: S, end: number, now: number): S => {
  const shards = shardsOf(stream);
  const last = shards.at(-1);
  if (!last || stream.closedAt !== undefined || last.at + SHARD_LIFE_MS > now) return stream;
  const unique = createHash("sha256").update(`${stream.id} ${end}`).digest("hex").slice(0, 8);
  const id = `shardId-${String(now).padStart(20, "0")}-${unique}`;
  return { ...stream, shards: [...shards, { id, parent: last.id, from: end + 1, at: now }] };
};
