import type { Collection, Records } from "../../store/records.ts";
import type { StoredCell } from "./metrics/cell.ts";

export interface Dimension {
  readonly name: string;
  readonly value: string;
}

/** One metric: namespace, name, and one set of dimensions. */
export interface SeriesRecord {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  /** Ordered by name. */
  readonly dimensions: readonly Dimension[];
  /** The newest datapoint's time. */
  readonly lastAt: number;
  /** How many cells were begun: every so often, what has grown old is folded. */
  readonly cells: number;
}

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

interface AlarmBase {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly actionsEnabled: boolean;
  readonly okActions: readonly string[];
  readonly alarmActions: readonly string[];
  readonly insufficientDataActions: readonly string[];
  readonly configuredAt: number;
  readonly state: AlarmState;
  readonly stateReason: string;
  readonly stateReasonData?: string;
  readonly stateUpdatedAt: number;
  /** When the state last changed; updates that keep it do not count. */
  readonly stateChangedAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** One entry of GetMetricData's queries, as alarms keep it too. */
export interface MetricQuery {
  readonly id: string;
  readonly expression?: string;
  readonly label?: string;
  readonly returnData: boolean;
  readonly period?: number;
  readonly metric?: QueriedMetric;
}

export interface QueriedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly period: number;
  readonly stat: string;
  readonly unit?: string;
}

export interface MetricAlarmRecord extends AlarmBase {
  readonly kind: "metric";
  /** A single metric's alarm has one query without an id. */
  readonly queries: readonly MetricQuery[];
  readonly isSingle: boolean;
  readonly statistic?: string;
  readonly extendedStatistic?: string;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
  readonly threshold: number;
  readonly comparison: Comparison;
  readonly treatMissingData?: string;
  readonly evaluateLowSampleCountPercentile?: string;
}

export type Comparison =
  | "GreaterThanOrEqualToThreshold"
  | "GreaterThanThreshold"
  | "LessThanThreshold"
  | "LessThanOrEqualToThreshold";

export interface CompositeAlarmRecord extends AlarmBase {
  readonly kind: "composite";
  readonly rule: string;
  readonly suppressor?: { readonly alarm: string; readonly waitSeconds: number; readonly extensionSeconds: number };
  readonly suppressedBy?: "WaitPeriod" | "ExtensionPeriod" | "Alarm";
  readonly suppressedReason?: string;
  /** Since when actions wait for the suppressor, or when it left ALARM. */
  readonly suppressedSince?: number;
}

export type AlarmRecord = MetricAlarmRecord | CompositeAlarmRecord;

export interface HistoryRecord {
  readonly alarm: string;
  readonly kind: AlarmRecord["kind"];
  readonly time: number;
  readonly type: "ConfigurationUpdate" | "StateUpdate" | "Action";
  readonly summary: string;
  readonly data: string;
}

export interface DashboardRecord {
  readonly name: string;
  readonly body: string;
  readonly modifiedAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** An action that is due: kept until it is done or was given up. */
export interface ActionRecord {
  readonly id: string;
  readonly alarm: string;
  readonly action: string;
  readonly subject: string;
  /** What a topic is told. */
  readonly message: string;
  /** What a function is told. */
  readonly payload: string;
}

/** The state of CloudWatch in one account and region. */
export interface Collections {
  /** By [namespace, name, dimensions]. */
  readonly series: Collection<SeriesRecord>;
  /** By [series id, seconds a cell spans, its begin, unit]. */
  readonly cells: Collection<StoredCell>;
  readonly alarms: Collection<AlarmRecord>;
  /** By [time, number]. */
  readonly history: Collection<HistoryRecord>;
  readonly dashboards: Collection<DashboardRecord>;
  readonly actions: Collection<ActionRecord>;
}

export const openCollections = (records: Records): Collections => ({
  series: records.collection("series"),
  cells: records.collection("cells"),
  alarms: records.collection("alarms"),
  history: records.collection("history"),
  dashboards: records.collection("dashboards"),
  actions: records.collection("actions"),
});
