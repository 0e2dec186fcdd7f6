import type { CreateScheduleInput } from "@aws-sdk/client-scheduler";
import type { Collection, Records } from "../../store/records.ts";

/** The group that every account has. */
export const DEFAULT_GROUP = "default";

export interface GroupRecord {
  readonly name: string;
  readonly arn: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  readonly changedAt: number;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

export interface ScheduleRecord {
  readonly name: string;
  readonly group: string;
  readonly arn: string;
  readonly expression: string;
  readonly timezone: string;
  readonly startsAt?: number;
  readonly endsAt?: number;
  readonly description?: string;
  readonly enabled: boolean;
  readonly kmsKey?: string;
  readonly target: TargetRecord;
  /** Minutes within which an invocation may come; 0 for at once. */
  readonly windowMinutes: number;
  readonly deleteAfterCompletion: boolean;
  readonly createdAt: number;
  readonly changedAt: number;
  /** What makes a repeated creation safe. */
  readonly clientToken?: string;
  /** The time the schedule stands for next, when a flexible window makes its invocation come later. */
  readonly nextAt?: number;
}

export interface TargetRecord {
  readonly arn: string;
  readonly roleArn: string;
  readonly input?: string;
  readonly deadLetterArn?: string;
  readonly maxAgeSeconds: number;
  readonly maxRetries: number;
  readonly messageGroupId?: string;
  readonly event?: { readonly detailType: string; readonly source: string };
}

/** One invocation on its way: kept until it was taken or given up. */
export interface InvocationRecord {
  readonly id: string;
  readonly scheduleArn: string;
  readonly target: TargetRecord;
  readonly scheduledAt: number;
  readonly since: number;
  readonly attempts: number;
}

export type TargetInput = NonNullable<CreateScheduleInput["Target"]>;

export interface Collections {
  readonly groups: Collection<GroupRecord>;
  /** By group and name. */
  readonly schedules: Collection<ScheduleRecord>;
  readonly invocations: Collection<InvocationRecord>;
}

export const openCollections = (records: Records): Collections => ({
  groups: records.collection("groups"),
  schedules: records.collection("schedules"),
  invocations: records.collection("invocations"),
});
