import type { SamplingRateBoost } from "@aws-sdk/client-xray";
import type { Collection, Records } from "../../store/records.ts";

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What is known of a trace without reading its segments. Times are milliseconds since the epoch, in the cloud's time. */
export interface TraceRecord {
  /** When the earliest of its segments began. */
  readonly startedAt: number;
  /** When the last of those that have ended did. */
  readonly endedAt: number;
  /** How often segments of it have come. */
  readonly revision: number;
}

export interface SamplingRuleRecord {
  readonly name: string;
  readonly resourceArn: string;
  readonly priority: number;
  readonly fixedRate: number;
  readonly reservoirSize: number;
  readonly serviceName: string;
  readonly serviceType: string;
  readonly host: string;
  readonly httpMethod: string;
  readonly urlPath: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly boost?: SamplingRateBoost;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly tags: readonly Tag[];
}

export interface GroupRecord {
  readonly name: string;
  readonly arn: string;
  readonly filterExpression?: string;
  readonly insights: boolean;
  readonly notifications: boolean;
  readonly tags: readonly Tag[];
}

/** What services have told of their sampling by one rule within one minute. */
export interface SamplingStatistics {
  readonly requests: number;
  readonly borrowed: number;
  readonly sampled: number;
}

export interface PolicyRecord {
  readonly name: string;
  readonly document: string;
  readonly revision: string;
  readonly updatedAt: number;
}

export interface EncryptionRecord {
  readonly keyArn?: string;
}

export interface Collections {
  /** The documents as they were sent, by trace and their own id. */
  readonly segments: Collection<string>;
  readonly traces: Collection<TraceRecord>;
  readonly rules: Collection<SamplingRuleRecord>;
  readonly groups: Collection<GroupRecord>;
  /** By rule and minute. */
  readonly statistics: Collection<SamplingStatistics>;
  readonly policies: Collection<PolicyRecord>;
  readonly encryption: Collection<EncryptionRecord>;
}

export const openCollections = (records: Records): Collections => ({
  segments: records.collection("segments"),
  traces: records.collection("traces"),
  rules: records.collection("rules"),
  groups: records.collection("groups"),
  statistics: records.collection("statistics"),
  policies: records.collection("policies"),
  encryption: records.collection("encryption"),
});
