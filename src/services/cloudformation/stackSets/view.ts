import type { Room } from "../room.ts";
import { capabilitiesView, parameterView, tagView } from "../views.ts";
import { instancesOf } from "./find.ts";
import type {
  OperationPreferences,
  OperationResult,
  StackInstanceRecord,
  StackSetOperationRecord,
  StackSetRecord,
} from "./records.ts";

export const stackSetView = (room: Room, stackSet: StackSetRecord) => ({
  ...stackSetSummaryView(room, stackSet),
  TemplateBody: stackSet.templateBody,
  Parameters: stackSet.parameters.map(parameterView),
  Capabilities: capabilitiesView(stackSet.capabilities),
  Tags: stackSet.tags.map(tagView),
  StackSetARN: `arn:${room.partition}:cloudformation:${room.region}:${room.account}:stackset/${stackSet.stackSetId}`,
  AdministrationRoleARN: stackSet.administrationRoleArn,
  ExecutionRoleName: stackSet.executionRoleName,
  StackSetDriftDetectionDetails: driftDetailsView(lastLook(room, stackSet)),
  Regions: [...new Set(instancesOf(room, stackSet.stackSetId).map(({ region }) => region))],
});

export const stackSetSummaryView = (room: Room, stackSet: StackSetRecord) => ({
  StackSetName: stackSet.name,
  StackSetId: stackSet.stackSetId,
  ...(stackSet.description === undefined ? {} : { Description: stackSet.description }),
  Status: stackSet.status,
  PermissionModel: "SELF_MANAGED" as const,
  ManagedExecution: { Active: stackSet.isManaged },
  ...setDriftView(lastLook(room, stackSet)),
});

/** The look at a stack set's drift that ended last. */
const lastLook = ({ tables }: Room, { stackSetId, lastLookId }: StackSetRecord): StackSetOperationRecord | undefined =>
  lastLookId === undefined ? undefined : tables.stackSetOperations.get([stackSetId, lastLookId]);

const setDriftView = (look: StackSetOperationRecord | undefined) => {
  if (look === undefined) return { DriftStatus: "NOT_CHECKED" as const };
  const found = look.results.map(({ drift }) => drift);
  const seen = found.some((drift) => drift !== undefined) ? ("IN_SYNC" as const) : ("NOT_CHECKED" as const);
  return {
    DriftStatus: found.includes("DRIFTED") ? ("DRIFTED" as const) : seen,
    LastDriftCheckTimestamp: new Date(look.endedAt ?? look.createdAt),
  };
};

const driftDetailsView = (look: StackSetOperationRecord | undefined) => {
  const results = look?.results ?? [];
  const count = (isCounted: (result: OperationResult) => boolean) => results.filter(isCounted).length;
  return {
    ...setDriftView(look),
    ...(look === undefined ? {} : { DriftDetectionStatus: detectionStatus(look) }),
    TotalStackInstancesCount: results.length,
    DriftedStackInstancesCount: count(({ drift }) => drift === "DRIFTED"),
    InSyncStackInstancesCount: count(({ drift }) => drift === "IN_SYNC"),
    InProgressStackInstancesCount: count(({ status }) => status === "RUNNING" || status === "PENDING"),
    FailedStackInstancesCount: count(({ status }) => status === "FAILED"),
  };
};

const detectionStatus = ({ status, endedAt, results }: StackSetOperationRecord) => {
  if (endedAt === undefined) return "IN_PROGRESS" as const;
  if (status === "STOPPED" || status === "FAILED") return status;
  return results.some((result) => result.status === "FAILED") ? ("PARTIAL_SUCCESS" as const) : ("COMPLETED" as const);
};

export const instanceSummaryView = (instance: StackInstanceRecord) => ({
  StackSetId: instance.stackSetId,
  Region: instance.region,
  Account: instance.account,
  ...(instance.stackId === undefined ? {} : { StackId: instance.stackId }),
  Status: instance.status,
  ...(instance.reason === undefined ? {} : { StatusReason: instance.reason }),
  StackInstanceStatus: { DetailedStatus: instance.detailedStatus },
  DriftStatus: instance.drift?.status ?? ("NOT_CHECKED" as const),
  ...(instance.drift === undefined ? {} : { LastDriftCheckTimestamp: new Date(instance.drift.at) }),
  ...(instance.lastOperationId === undefined ? {} : { LastOperationId: instance.lastOperationId }),
});

export const operationSummaryView = (operation: StackSetOperationRecord) => {
  const failed = operation.results.filter(({ status }) => status === "FAILED").length;
  return {
    OperationId: operation.operationId,
    Action: operation.action,
    Status: operation.status,
    CreationTimestamp: new Date(operation.createdAt),
    ...(operation.endedAt === undefined ? {} : { EndTimestamp: new Date(operation.endedAt) }),
    ...(operation.reason === undefined ? {} : { StatusReason: operation.reason }),
    StatusDetails: { FailedStackInstancesCount: failed },
    OperationPreferences: preferencesView(operation.preferences),
  };
};

/** What DescribeStackSetOperation says beyond the lists. */
export const operationView = (operation: StackSetOperationRecord) => ({
  ...operationSummaryView(operation),
  StackSetId: operation.stackSetId,
  ...(operation.action === "DELETE" ? { RetainStacks: operation.retainStacks } : {}),
  ...(operation.action === "DETECT_DRIFT" ? { StackSetDriftDetectionDetails: driftDetailsView(operation) } : {}),
  AdministrationRoleARN: operation.administrationRoleArn,
  ExecutionRoleName: operation.executionRoleName,
});

const preferencesView = (preferences: OperationPreferences) => ({
  RegionConcurrencyType: preferences.parallelRegions ? ("PARALLEL" as const) : ("SEQUENTIAL" as const),
  RegionOrder: [...preferences.regionOrder],
  FailureToleranceCount: preferences.failureToleranceCount,
  FailureTolerancePercentage: preferences.failureTolerancePercentage,
  MaxConcurrentCount: preferences.maxConcurrentCount,
  MaxConcurrentPercentage: preferences.maxConcurrentPercentage,
});
