import type { HttpParameters } from "../../engines/gateway/httpCall.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Collection, Records } from "../../store/records.ts";

/** The bus that every account has. */
export const DEFAULT_BUS = "default";

export interface BusRecord {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly policy?: string;
  readonly kmsKey?: string;
  readonly deadLetterArn?: string;
  readonly changedAt?: number;
  readonly tags: readonly TagRecord[];
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
}

/** A rule, with its targets. */
export interface RuleRecord {
  readonly name: string;
  readonly bus: string;
  readonly arn: string;
  readonly description?: string;
  readonly roleArn?: string;
  readonly eventPattern?: string;
  readonly scheduleExpression?: string;
  readonly enabled: boolean;
  /** The service whose rule it is, in the account's name; only that service changes it. */
  readonly managedBy?: string;
  readonly targets: readonly TargetRecord[];
  readonly tags: readonly TagRecord[];
  /** From when a rate counts: AWS starts it anew with each change of the rule. */
  readonly startsAt?: number;
  readonly createdAt: number;
}

export interface TargetRecord {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
  readonly input?: string;
  readonly inputPath?: string;
  readonly inputTransformer?: { readonly paths: Readonly<Record<string, string>>; readonly template: string };
  readonly messageGroupId?: string;
  /** What an API destination is asked with, beside the event. */
  readonly http?: HttpParameters;
  readonly maxRetries?: number;
  readonly maxAgeSeconds?: number;
  readonly deadLetterArn?: string;
}

export interface TagRecord {
  readonly key: string;
  readonly value: string;
}

/** An event on its way to one target: kept until it was taken or given up. */
export interface DeliveryRecord {
  readonly id: string;
  readonly ruleArn: string;
  readonly target: TargetRecord;
  readonly payload: string;
  readonly attempts: number;
  /** When the event came; absent in deliveries that an older aloft noted. */
  readonly since?: number;
  /** The trace of the request that put the event. */
  readonly traceHeader?: string;
}

/** An archive of a bus's events. */
export interface ArchiveRecord {
  readonly name: string;
  readonly arn: string;
  readonly busArn: string;
  readonly bus: string;
  readonly description?: string;
  readonly eventPattern?: string;
  readonly kmsKey?: string;
  /** 0: without end. */
  readonly retentionDays: number;
  readonly createdAt: number;
  readonly eventCount: number;
  readonly sizeBytes: number;
}

/** Who an API destination is asked as. What is secret of it lies in Secrets Manager. */
export interface ConnectionRecord {
  readonly name: string;
  readonly arn: string;
  readonly secretArn: string;
  readonly authorizationType: "API_KEY" | "BASIC" | "OAUTH_CLIENT_CREDENTIALS";
  readonly state: "AUTHORIZED" | "AUTHORIZING" | "DEAUTHORIZED";
  readonly stateReason?: string;
  readonly description?: string;
  readonly kmsKey?: string;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly authorizedAt?: number;
}

/** An address that rules send events to. */
export interface ApiDestinationRecord {
  readonly name: string;
  readonly arn: string;
  readonly connectionArn: string;
  readonly endpoint: string;
  readonly method: ApiDestinationMethod;
  readonly ratePerSecond: number;
  readonly description?: string;
  readonly createdAt: number;
  readonly changedAt: number;
}

export type ApiDestinationMethod = "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT";

/** A part of an archive that is sent to its bus once more. */
export interface ReplayRecord {
  readonly name: string;
  readonly arn: string;
  readonly archive: string;
  readonly archiveArn: string;
  readonly bus: string;
  readonly busArn: string;
  /** The rules that are to hear of it; absent: all. */
  readonly ruleArns?: readonly string[];
  readonly description?: string;
  readonly from: number;
  readonly to: number;
  readonly state: "CANCELLED" | "COMPLETED" | "RUNNING" | "STARTING";
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly lastReplayedAt?: number;
}

export interface Collections {
  readonly connections: Collection<ConnectionRecord>;
  readonly apiDestinations: Collection<ApiDestinationRecord>;
  readonly replays: Collection<ReplayRecord>;
  readonly buses: Collection<BusRecord>;
  /** By bus and name. */
  readonly rules: Collection<RuleRecord>;
  readonly deliveries: Collection<DeliveryRecord>;
  readonly archives: Collection<ArchiveRecord>;
  /** The events an archive holds, by its name, their time and id. */
  readonly archived: Collection<JsonObject>;
}

export const openCollections = (records: Records): Collections => ({
  buses: records.collection("buses"),
  rules: records.collection("rules"),
  deliveries: records.collection("deliveries"),
  archives: records.collection("archives"),
  archived: records.collection("archived"),
  connections: records.collection("connections"),
  apiDestinations: records.collection("apiDestinations"),
  replays: records.collection("replays"),
});
