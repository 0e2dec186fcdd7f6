import type { AwsModels, InputOf } from "../../kernel/aws.ts";
import type { Collection, Records } from "../../store/records.ts";

type GroupInput = InputOf<AwsModels["codedeploy"], "CreateDeploymentGroup">;
type DeploymentInput = InputOf<AwsModels["codedeploy"], "CreateDeployment">;

export interface TagRecord {
  readonly key: string;
  readonly value: string;
}

export interface ApplicationRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly tags: readonly TagRecord[];
}

/** What a group's owner chooses; in AWS's own shapes, which only pass through. */
export interface GroupSettings {
  readonly triggers: NonNullable<GroupInput["triggerConfigurations"]>;
  readonly alarms: GroupInput["alarmConfiguration"];
  readonly autoRollback: GroupInput["autoRollbackConfiguration"];
}

export interface GroupRecord extends GroupSettings {
  readonly id: string;
  readonly application: string;
  readonly name: string;
  readonly configName: string;
  readonly serviceRoleArn: string;
  readonly tags: readonly TagRecord[];
}

/** How traffic moves. */
export type Routing =
  | { readonly type: "AllAtOnce" }
  | { readonly type: "TimeBasedCanary"; readonly percentage: number; readonly intervalMinutes: number }
  | { readonly type: "TimeBasedLinear"; readonly percentage: number; readonly intervalMinutes: number };

export interface ConfigRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly routing: Routing;
}

/** What an AppSpec asks for. */
export interface AppSpec {
  readonly functionName: string;
  readonly alias: string;
  readonly currentVersion: string;
  readonly targetVersion: string;
  readonly beforeAllowTraffic?: string;
  readonly afterAllowTraffic?: string;
}

export type EventName = "BeforeAllowTraffic" | "AllowTraffic" | "AfterAllowTraffic";

export interface EventRecord {
  readonly name: EventName;
  readonly status: "Pending" | "InProgress" | "Succeeded" | "Failed" | "Skipped";
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** What the hook function reports under. */
  readonly executionId?: string;
  /** What the hook function has reported. */
  readonly reported?: "Succeeded" | "Failed";
  readonly diagnostics?: string;
}

export interface DeploymentRecord {
  readonly id: string;
  readonly application: string;
  readonly group: string;
  readonly configName: string;
  readonly routing: Routing;
  readonly description?: string;
  readonly creator: "user" | "CloudFormation" | "codeDeployRollback";
  readonly revision: NonNullable<DeploymentInput["revision"]>;
  readonly appSpec: AppSpec;
  readonly alarms: GroupSettings["alarms"];
  readonly autoRollback: GroupSettings["autoRollback"];
  readonly status: "Created" | "InProgress" | "Succeeded" | "Failed" | "Stopped";
  readonly events: readonly EventRecord[];
  /** The share of the target version now, in percent. */
  readonly weight: number;
  readonly createdAt: number;
  readonly startedAt?: number;
  /** When the first traffic moved. */
  readonly shiftingSince?: number;
  readonly completedAt?: number;
  readonly updatedAt: number;
  readonly error?: Failure;
  readonly stopRequested?: { readonly rollback: boolean };
  readonly rollbackId?: string;
  /** The deployment this one takes back. */
  readonly rollsBack?: string;
}

/** Why a deployment ended. */
export interface Failure {
  readonly code:
    | "ALARM_ACTIVE"
    | "DEPLOYMENT_GROUP_MISSING"
    | "HOOK_EXECUTION_FAILURE"
    | "IAM_ROLE_MISSING"
    | "IAM_ROLE_PERMISSIONS"
    | "INTERNAL_ERROR"
    | "INVALID_LAMBDA_CONFIGURATION"
    | "INVALID_LAMBDA_FUNCTION"
    | "MANUAL_STOP"
    | "TIMEOUT";
  readonly message: string;
}

/** The state of CodeDeploy in one account and region. */
export interface Collections {
  readonly applications: Collection<ApplicationRecord>;
  /** By application and name. */
  readonly groups: Collection<GroupRecord>;
  readonly configs: Collection<ConfigRecord>;
  readonly deployments: Collection<DeploymentRecord>;
}

export const openCollections = (records: Records): Collections => ({
  applications: records.collection("applications"),
  groups: records.collection("groups"),
  configs: records.collection("configs"),
  deployments: records.collection("deployments"),
});

/** Whether a deployment has not ended yet. */
export const isActive = ({ status }: DeploymentRecord): boolean => status === "Created" || status === "InProgress";

/** The function that checks a deployment in a lifecycle event. */
export const hookOf = ({ appSpec }: DeploymentRecord, name: EventName): string | undefined =>
  name === "BeforeAllowTraffic"
    ? appSpec.beforeAllowTraffic
    : name === "AfterAllowTraffic"
      ? appSpec.afterAllowTraffic
      : undefined;
