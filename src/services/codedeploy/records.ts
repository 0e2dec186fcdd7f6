import type { AwsModels, InputOf } from "../../kernel/aws.ts";
import type { Collection, Records } from "../../store/records.ts";

type ConfigInput = InputOf<AwsModels["codedeploy"], "CreateDeploymentConfig">;
type GroupInput = InputOf<AwsModels["codedeploy"], "CreateDeploymentGroup">;
type DeploymentInput = InputOf<AwsModels["codedeploy"], "CreateDeployment">;

/** Where what is deployed lies. */
export type Revision = NonNullable<DeploymentInput["revision"]>;

/** What is deployed to. */
export type Platform = "Lambda" | "Server" | "ECS";

export interface TagRecord {
  readonly key: string;
  readonly value: string;
}

export interface ApplicationRecord {
  readonly id: string;
  readonly name: string;
  readonly platform: Platform;
  readonly createdAt: number;
  readonly tags: readonly TagRecord[];
}

/** A revision that an application has seen. */
export interface RevisionRecord {
  readonly application: string;
  readonly location: Revision;
  readonly description?: string;
  readonly registeredAt: number;
  readonly firstUsedAt?: number;
  readonly lastUsedAt?: number;
}

/** What a group's owner chooses; in AWS's own shapes, which only pass through. */
export interface GroupSettings {
  readonly triggers: NonNullable<GroupInput["triggerConfigurations"]>;
  readonly alarms: GroupInput["alarmConfiguration"];
  readonly autoRollback: GroupInput["autoRollbackConfiguration"];
}

/** How a group chooses its instances, which only passes through: this cloud has none. */
export type ServerSettings = Pick<
  GroupInput,
  | "blueGreenDeploymentConfiguration"
  | "deploymentStyle"
  | "ec2TagFilters"
  | "ec2TagSet"
  | "loadBalancerInfo"
  | "onPremisesInstanceTagFilters"
  | "onPremisesTagSet"
  | "outdatedInstancesStrategy"
>;

export interface GroupRecord extends GroupSettings {
  readonly id: string;
  readonly application: string;
  readonly platform: Platform;
  readonly server: ServerSettings;
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
  readonly platform: Platform;
  readonly createdAt: number;
  /** Of functions and containers. */
  readonly routing?: Routing;
  /** Of instances. */
  readonly minimumHealthyHosts?: ConfigInput["minimumHealthyHosts"];
  readonly zonalConfig?: ConfigInput["zonalConfig"];
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
  /** What the hook function, or its call, has said of a failure. */
  readonly diagnostics?: string;
  readonly failure?: EventFailure;
}

/** Why a lifecycle event failed. */
export interface EventFailure {
  readonly code: "ScriptFailed" | "ScriptTimedOut" | "UnknownError";
  readonly message: string;
}

export interface DeploymentRecord {
  readonly id: string;
  readonly application: string;
  readonly group: string;
  readonly platform: Platform;
  readonly configName: string;
  readonly routing?: Routing;
  readonly description?: string;
  /** What its calls belong to, where somebody's trace led to it. */
  readonly traceId?: string;
  readonly creator: "user" | "CloudFormation" | "codeDeployRollback";
  readonly revision: Revision;
  /** What the group had deployed before. */
  readonly previousRevision?: Revision;
  /** Once it is read. */
  readonly appSpec?: AppSpec;
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
  /** What was deleted while it was under way. */
  readonly deleted?: "application" | "group";
  readonly stopRequested?: { readonly rollback: boolean };
  readonly rollbackId?: string;
  /** The deployment this one takes back. */
  readonly rollsBack?: string;
}

/** Why a deployment ended. */
export interface Failure {
  readonly code:
    | "ALARM_ACTIVE"
    | "APPLICATION_MISSING"
    | "DEPLOYMENT_GROUP_MISSING"
    | "HOOK_EXECUTION_FAILURE"
    | "IAM_ROLE_MISSING"
    | "IAM_ROLE_PERMISSIONS"
    | "INTERNAL_ERROR"
    | "INVALID_LAMBDA_CONFIGURATION"
    | "INVALID_LAMBDA_FUNCTION"
    | "MANUAL_STOP"
    | "NO_INSTANCES"
    | "REVISION_MISSING"
    | "TIMEOUT";
  readonly message: string;
}

/** The state of CodeDeploy in one account and region. */
export interface Collections {
  readonly applications: Collection<ApplicationRecord>;
  /** By application and revision. */
  readonly revisions: Collection<RevisionRecord>;
  /** By application and name. */
  readonly groups: Collection<GroupRecord>;
  readonly configs: Collection<ConfigRecord>;
  readonly deployments: Collection<DeploymentRecord>;
  /** The ids of a group's deployments: by application, group and their order. */
  readonly history: Collection<string>;
}

export const openCollections = (records: Records): Collections => ({
  applications: records.collection("applications"),
  revisions: records.collection("revisions"),
  groups: records.collection("groups"),
  configs: records.collection("configs"),
  deployments: records.collection("deployments"),
  history: records.collection("history"),
});

/** Whether a deployment has not ended yet. */
export const isActive = ({ status }: DeploymentRecord): boolean => status === "Created" || status === "InProgress";

/** The function that checks a deployment in a lifecycle event. */
export const hookOf = (appSpec: AppSpec | undefined, name: EventName): string | undefined =>
  name === "BeforeAllowTraffic"
    ? appSpec?.beforeAllowTraffic
    : name === "AfterAllowTraffic"
      ? appSpec?.afterAllowTraffic
      : undefined;
