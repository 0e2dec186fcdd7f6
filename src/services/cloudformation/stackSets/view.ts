import type { Room } from "../room.ts";
import { capabilitiesView, parameterView, tagView } from "../views.ts";
import { instancesOf } from "./find.ts";
import type { OperationPreferences, StackInstanceRecord, StackSetOperationRecord, StackSetRecord } from "./records.ts";

export const stackSetView = (room: Room, stackSet: StackSetRecord) => ({
  ...stackSetSummaryView(stackSet),
  TemplateBody: stackSet.templateBody,
  Parameters: stackSet.parameters.map(parameterView),
  Capabilities: capabilitiesView(stackSet.capabilities),
  Tags: stackSet.tags.map(tagView),
  StackSetARN: `arn:${room.partition}:cloudformation:${room.region}:${room.account}:stackset/${stackSet.stackSetId}`,
  AdministrationRoleARN: stackSet.administrationRoleArn,
  ExecutionRoleName: stackSet.executionRoleName,
  StackSetDriftDetectionDetails: { DriftStatus: "NOT_CHECKED" as const, TotalStackInstancesCount: 0 },
  Regions: [...new Set(instancesOf(room, stackSet.stackSetId).map(({ region }) => region))],
});

export const stackSetSummaryView = (stackSet: StackSetRecord) => ({
  StackSetName: stackSet.name,
  StackSetId: stackSet.stackSetId,
  ...(stackSet.description === undefined ? {} : { Description: stackSet.description }),
  Status: stackSet.status,
  PermissionModel: "SELF_MANAGED" as const,
  ManagedExecution: { Active: stackSet.isManaged },
});

export const instanceSummaryView = (instance: StackInstanceRecord) => ({
  StackSetId: instance.stackSetId,
  Region: instance.region,
  Account: instance.account,
  ...(instance.stackId === undefined ? {} : { StackId: instance.stackId }),
  Status: instance.status,
  ...(instance.reason === undefined ? {} : { StatusReason: instance.reason }),
  StackInstanceStatus: { DetailedStatus: instance.detailedStatus },
  DriftStatus: "NOT_CHECKED" as const,
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

const preferencesView = (preferences: OperationPreferences) => ({
  RegionConcurrencyType: preferences.parallelRegions ? ("PARALLEL" as const) : ("SEQUENTIAL" as const),
  RegionOrder: [...preferences.regionOrder],
  FailureToleranceCount: preferences.failureToleranceCount,
  FailureTolerancePercentage: preferences.failureTolerancePercentage,
  MaxConcurrentCount: preferences.maxConcurrentCount,
  MaxConcurrentPercentage: preferences.maxConcurrentPercentage,
});
