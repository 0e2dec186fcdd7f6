import type { Collection, Records } from "../../store/records.ts";

/** The bus that every account has. */
export const DEFAULT_BUS = "default";

export interface BusRecord {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly policy?: string;
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
  readonly targets: readonly TargetRecord[];
  readonly tags: readonly TagRecord[];
  /** When a scheduled rule last ran. */
  readonly ranAt?: number;
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
  readonly maxRetries?: number;
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
}

export interface Collections {
  readonly buses: Collection<BusRecord>;
  /** By bus and name. */
  readonly rules: Collection<RuleRecord>;
  readonly deliveries: Collection<DeliveryRecord>;
}

export const openCollections = (records: Records): Collections => ({
  buses: records.collection("buses"),
  rules: records.collection("rules"),
  deliveries: records.collection("deliveries"),
});
