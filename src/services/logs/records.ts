import type { Collection, Records } from "../../store/records.ts";

/** A log group. Times are milliseconds since the epoch. */
export interface GroupRecord {
  readonly name: string;
  readonly createdAt: number;
  readonly logGroupClass: string;
  readonly retentionDays?: number;
  readonly kmsKeyId?: string;
  readonly deletionProtected?: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** A log stream, with what is known of its events without reading them. */
export interface StreamRecord {
  readonly group: string;
  readonly name: string;
  readonly createdAt: number;
  readonly firstEventAt?: number;
  readonly lastEventAt?: number;
  readonly lastIngestionAt?: number;
  readonly storedBytes: number;
  /** How many batches it ever had: the next one's number. */
  readonly batches: number;
  /** The widest time any batch spans: how far batches may overlap. */
  readonly maxSpanMs: number;
}

/**
 * The events of one PutLogEvents, under [group, stream, first event's time, batch number].
 * A batch is one record, so that writing many events costs as little as writing one.
 */
export interface BatchRecord {
  readonly ingestedAt: number;
  /** Time and message, in order of time. */
  readonly events: readonly (readonly [number, string])[];
}

export interface LogRecords {
  readonly groups: Collection<GroupRecord>;
  /** By [group, stream]. */
  readonly streams: Collection<StreamRecord>;
  readonly batches: Collection<BatchRecord>;
}

export const openLogRecords = (records: Records): LogRecords => ({
  groups: records.collection("groups"),
  streams: records.collection("streams"),
  batches: records.collection("batches"),
});
