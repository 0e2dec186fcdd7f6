import type { StackResourceDriftStatus } from "@aws-sdk/client-cloudformation";
import type { DriftRecord } from "../drift/records.ts";
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
  /** The operation that looked at its drift and ended last. */
  readonly lastLookId?: string;
}

/** The stack of a stack set in one account and region. */
export interface StackInstanceRecord extends InstancePlace {
  readonly stackSetId: string;
  readonly stackName: string;
  readonly stackId: string | undefined;
  readonly overrides: readonly ParameterRecord[];
  readonly status: "CURRENT" | "OUTDATED" | "INOPERABLE";
  readonly detailedStatus: "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "FAILED_IMPORT" | "CANCELLED";
  readonly reason: string | undefined;
  readonly lastOperationId: string | undefined;
  /** What the last look at its stack found; nothing since the stack was changed. */
  readonly drift?: InstanceDrift | undefined;
}

export interface InstanceDrift {
  readonly status: "DRIFTED" | "IN_SYNC" | "UNKNOWN" | "NOT_CHECKED";
  readonly at: number;
}

/** How a resource of an instance's stack compared. */
export interface InstanceResourceDrift extends Omit<DriftRecord, "physicalId" | "status" | "expected" | "actual"> {
  readonly stackId: string;
  readonly physicalId: string | undefined;
  readonly status: StackResourceDriftStatus;
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
  readonly action: "CREATE" | "UPDATE" | "DELETE" | "DETECT_DRIFT";
  /** Whether the stacks were there before they became instances. */
  readonly isImport?: boolean;
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
  /** What a look at the instance's stack found. */
  readonly drift?: InstanceDrift["status"];
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
