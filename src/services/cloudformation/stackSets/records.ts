import type { ParameterRecord, TagRecord } from "../givenRecords.ts";

/** A template that is to be a stack in several regions. */
export interface StackSetRecord {
  readonly stackSetId: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly status: "ACTIVE" | "DELETED";
  readonly templateBody: string;
  readonly parameters: readonly ParameterRecord[];
  readonly capabilities: readonly string[];
  readonly tags: readonly TagRecord[];
  readonly administrationRoleArn: string;
  readonly executionRoleName: string;
  /** Whether operations that meet wait for one another instead of being refused. */
  readonly isManaged: boolean;
  readonly clientRequestToken: string | undefined;
}

/** The stack of a stack set in one account and region. */
export interface StackInstanceRecord extends InstancePlace {
  readonly stackSetId: string;
  readonly stackName: string;
  readonly stackId: string | undefined;
  readonly overrides: readonly ParameterRecord[];
  readonly status: "CURRENT" | "OUTDATED" | "INOPERABLE";
  readonly detailedStatus: "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  readonly reason: string | undefined;
  readonly lastOperationId: string | undefined;
}

/** Where an instance is, or shall be. */
export interface InstancePlace {
  readonly account: string;
  readonly region: string;
}

/** Something done to some of a stack set's instances. */
export interface StackSetOperationRecord {
  readonly operationId: string;
  readonly stackSetId: string;
  readonly action: "CREATE" | "UPDATE" | "DELETE";
  readonly status: "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "STOPPING" | "STOPPED";
  readonly reason: string | undefined;
  readonly preferences: OperationPreferences;
  readonly retainStacks: boolean;
  readonly administrationRoleArn: string;
  readonly executionRoleName: string;
  readonly results: readonly OperationResult[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly endedAt: number | undefined;
}

export interface OperationResult extends InstancePlace {
  readonly status: "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  readonly reason: string | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html */
export interface OperationPreferences {
  readonly parallelRegions: boolean;
  readonly regionOrder: readonly string[];
  readonly failureToleranceCount: number | undefined;
  readonly failureTolerancePercentage: number | undefined;
  readonly maxConcurrentCount: number | undefined;
  readonly maxConcurrentPercentage: number | undefined;
}
