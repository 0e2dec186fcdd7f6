import type { LoggingEnabled } from "@aws-sdk/client-s3";
import { AwsError } from "../../../kernel/errors.ts";
import { LOGGING_SERVICE, s3For } from "../itself.ts";
import type { AccessLineRecord, BucketRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** Lines one file holds. */
const MAX_LINES = 10_000;
const UNIQUE_LENGTH = 16;

/** Puts what was noted where each bucket wants it. False once nothing is left. */
export const deliverLogs = async (room: Room): Promise<boolean> => {
  const waiting = new Set<string>();
  for (const { value } of room.accessLines.range()) waiting.add(value.bucket);
  for (const name of waiting) {
    const lines = Array.from(room.accessLines.range({ prefix: [name], limit: MAX_LINES }));
    const bucket = room.buckets.get(name);
    const wanted = room.configurations.logging.get(name)?.LoggingEnabled;
    if (bucket && wanted)
      await deliver(
        room,
        bucket,
        wanted,
        lines.map(({ value }) => value),
      );
    for (const { key } of lines) room.accessLines.delete(key);
  }
  return room.accessLines.count({ limit: 1 }) > 0;
};

const deliver = async (
  room: Room,
  bucket: BucketRecord,
  wanted: LoggingEnabled,
  lines: readonly AccessLineRecord[],
): Promise<void> => {
  const ctx = room.contextAs({ ...s3For(bucket), service: LOGGING_SERVICE }, undefined, bucket.region);
  for (const [day, ofDay] of byDay(wanted, lines)) {
    const Key = keyOf(wanted, bucket, day ?? room.clock.now(), room.ids.hex(UNIQUE_LENGTH).toUpperCase());
    const Body = `${ofDay.map(({ line }) => line).join("\n")}\n`;
    try {
      const grants = grantsOf(wanted);
      await ctx.call("s3", "PutObject", {
        Bucket: wanted.TargetBucket ?? "",
        Key,
        Body,
        ContentType: "text/plain",
        ...grants,
      });
    } catch (error) {
      // AWS: what the target does not take is lost, and nobody is told. What is no refusal is our bug.
      if (!(error instanceof AwsError)) throw error;
    }
  }
};

type ByDay = ReadonlyMap<number | undefined, readonly AccessLineRecord[]>;

const DAY_LENGTH = "2026-01-01".length;

/** AWS: files that are filed by when things happened hold one day's each. */
const byDay = (wanted: LoggingEnabled, lines: readonly AccessLineRecord[]): ByDay => {
  if (wanted.TargetObjectKeyFormat?.PartitionedPrefix?.PartitionDateSource !== "EventTime")
    return new Map([[undefined, lines]]);
  const days = new Map<number, AccessLineRecord[]>();
  for (const line of lines) {
    const day = Date.parse(new Date(line.at).toISOString().slice(0, DAY_LENGTH));
    days.set(day, [...(days.get(day) ?? []), line]);
  }
  return days;
};

const keyOf = (wanted: LoggingEnabled, bucket: BucketRecord, at: number, unique: string): string => {
  const { TargetPrefix = "", TargetObjectKeyFormat } = wanted;
  const [date = "", time = ""] = new Date(at).toISOString().split(/[T.]/);
  const file = `${date}-${time.replaceAll(":", "-")}-${unique}`;
  if (!TargetObjectKeyFormat?.PartitionedPrefix) return `${TargetPrefix}${file}`;
  return `${TargetPrefix}${bucket.account}/${bucket.region}/${bucket.name}/${date.replaceAll("-", "/")}/${file}`;
};

/** Those who may read the files besides the owner, in the form of a request's headers. */
const grantsOf = ({ TargetGrants = [] }: LoggingEnabled) => {
  const given: Partial<Record<"GrantFullControl" | "GrantRead", string>> = {};
  for (const { Grantee, Permission } of TargetGrants) {
    const member = Permission === "FULL_CONTROL" ? "GrantFullControl" : Permission === "READ" ? "GrantRead" : undefined;
    const who = Grantee?.URI === undefined ? `id="${Grantee?.ID ?? ""}"` : `uri="${Grantee.URI}"`;
    if (member) given[member] = given[member] === undefined ? who : `${given[member]}, ${who}`;
  }
  return given;
};
