import type { Collection, Records } from "../../store/records.ts";
import type { ResultRow } from "./insights/runQuery.ts";

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

/** Time and message. */
export type LogEvent = readonly [number, string];

/**
 * The events of one PutLogEvents, under [group, stream, first event's time, batch number].
 * A batch is one record, so that writing many events costs as little as writing one.
 */
export interface BatchRecord {
  readonly ingestedAt: number;
  /** Time and message, in order of time. */
  readonly events: readonly (readonly [number, string])[];
}

/** Turns matching events into datapoints. */
export interface MetricFilterRecord {
  readonly group: string;
  readonly name: string;
  readonly pattern: string;
  readonly createdAt: number;
  readonly transformations: readonly TransformationRecord[];
}

export interface TransformationRecord {
  readonly metricName: string;
  readonly metricNamespace: string;
  /** A number, or where in the event it is: `$.latency`. */
  readonly metricValue: string;
  readonly defaultValue?: number;
  /** Where in the event each dimension's value is. */
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly unit?: string;
}

/** Sends matching events to a function. */
export interface SubscriptionRecord {
  readonly group: string;
  readonly name: string;
  readonly pattern: string;
  readonly destinationArn: string;
  readonly roleArn?: string;
  readonly distribution?: string;
  readonly createdAt: number;
}

export interface ResourcePolicyRecord {
  readonly name: string;
  readonly document: string;
  readonly updatedAt: number;
}

/** A query of Logs Insights. Times are milliseconds since the epoch. */
export interface QueryRecord {
  readonly id: string;
  readonly groups: readonly string[];
  readonly query: string;
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly createdAt: number;
  readonly status: "Scheduled" | "Running" | "Complete" | "Cancelled";
  readonly statistics?: { readonly matched: number; readonly scanned: number; readonly bytes: number };
}

/** A query that is kept for later. */
export interface QueryDefinitionRecord {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly groups: readonly string[];
  readonly modifiedAt: number;
}

/** An export of a group to a bucket. Times are milliseconds since the epoch. */
export interface ExportRecord {
  readonly id: string;
  readonly name?: string;
  readonly group: string;
  readonly streamPrefix: string;
  readonly from: number;
  readonly to: number;
  readonly bucket: string;
  readonly prefix: string;
  readonly createdAt: number;
  readonly completedAt?: number;
  readonly status: "PENDING" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";
  /** Why it failed. */
  readonly failure?: string;
}

export interface LogRecords {
  readonly groups: Collection<GroupRecord>;
  /** By [group, stream]. */
  readonly streams: Collection<StreamRecord>;
  readonly batches: Collection<BatchRecord>;
  /** By [group, name], like subscriptions. */
  readonly metricFilters: Collection<MetricFilterRecord>;
  readonly subscriptions: Collection<SubscriptionRecord>;
  readonly resourcePolicies: Collection<ResourcePolicyRecord>;
  readonly queries: Collection<QueryRecord>;
  /** By the query's id. */
  readonly queryResults: Collection<readonly ResultRow[]>;
  readonly queryDefinitions: Collection<QueryDefinitionRecord>;
  readonly exports: Collection<ExportRecord>;
}

export const openLogRecords = (records: Records): LogRecords => ({
  groups: records.collection("groups"),
  streams: records.collection("streams"),
  batches: records.collection("batches"),
  metricFilters: records.collection("metricFilters"),
  subscriptions: records.collection("subscriptions"),
  resourcePolicies: records.collection("resourcePolicies"),
  queries: records.collection("queries"),
  queryResults: records.collection("queryResults"),
  queryDefinitions: records.collection("queryDefinitions"),
  exports: records.collection("exports"),
});
