import type { Capability, ResourceStatus } from "@aws-sdk/client-cloudformation";
import type { ResourceRecord } from "../../engines/stack/model.ts";
import type { DriftRecord } from "./drift/records.ts";
import { MASK } from "./givenRecords.ts";
import type {
  EventRecord,
  OutputRecord,
  ParameterRecord,
  RollbackSettings,
  StackRecord,
  TagRecord,
} from "./records.ts";
import type { Room } from "./room.ts";

/** A stack as DescribeStacks gives it. */
export const stackView = (stack: StackRecord) => {
  const { definition } = stack;
  const description = definition?.processed["Description"];
  const isGone = stack.status === "DELETE_COMPLETE";
  // AWS: a creation rolled back is a deletion, too.
  const isUndone = isGone || stack.status === "ROLLBACK_COMPLETE";
  return {
    StackId: stack.stackId,
    StackName: stack.stackName,
    ...(stack.changeSetId === undefined || isUndone ? {} : { ChangeSetId: stack.changeSetId }),
    ...(typeof description === "string" ? { Description: description } : {}),
    ...(definition && definition.parameters.length > 0 ? { Parameters: definition.parameters.map(parameterView) } : {}),
    CreationTime: new Date(stack.createdAt),
    ...(stack.deletedAt === undefined ? {} : { DeletionTime: new Date(stack.deletedAt) }),
    ...(stack.updatedAt === undefined ? {} : { LastUpdatedTime: new Date(stack.updatedAt) }),
    RollbackConfiguration: rollbackView(definition?.rollback),
    StackStatus: stack.status,
    ...(stack.statusReason ? { StackStatusReason: stack.statusReason } : {}),
    DisableRollback: stack.disableRollback,
    NotificationARNs: [...(definition?.notificationArns ?? [])],
    ...(stack.timeoutMinutes === undefined ? {} : { TimeoutInMinutes: stack.timeoutMinutes }),
    ...(definition && definition.capabilities.length > 0
      ? { Capabilities: capabilitiesView(definition.capabilities) }
      : {}),
    ...(stack.outputs.length > 0 ? { Outputs: stack.outputs.map(outputView) } : {}),
    ...(definition?.roleArn === undefined ? {} : { RoleARN: definition.roleArn }),
    Tags: (definition?.tags ?? []).map(tagView),
    ...(isGone ? {} : { EnableTerminationProtection: stack.terminationProtection }),
    ...(stack.deploymentMode === undefined
      ? {}
      : { DeploymentConfig: { Mode: stack.deploymentMode, DisableRollback: stack.disableRollback } }),
    ...lastOperationsView(stack),
    ...(stack.parentId === undefined ? {} : { ParentId: stack.parentId }),
    ...(stack.rootId === undefined ? {} : { RootId: stack.rootId }),
    DriftInformation: {
      StackDriftStatus: stack.drift?.status ?? ("NOT_CHECKED" as const),
      ...(stack.drift === undefined ? {} : { LastCheckTimestamp: new Date(stack.drift.at) }),
    },
  };
};

/** A stack as ListStacks gives it. */
export const stackSummaryView = (stack: StackRecord) => {
  const { StackId, StackName, CreationTime, StackStatus, DriftInformation, ...more } = stackView(stack);
  return {
    StackId,
    StackName,
    CreationTime,
    StackStatus,
    DriftInformation,
    ...(more.Description === undefined ? {} : { TemplateDescription: more.Description }),
    ...(more.LastUpdatedTime === undefined ? {} : { LastUpdatedTime: more.LastUpdatedTime }),
    ...(more.DeletionTime === undefined ? {} : { DeletionTime: more.DeletionTime }),
    ...(more.StackStatusReason === undefined ? {} : { StackStatusReason: more.StackStatusReason }),
    ...(more.ParentId === undefined ? {} : { ParentId: more.ParentId }),
    ...(more.RootId === undefined ? {} : { RootId: more.RootId }),
  };
};

/** A parameter as stacks and change sets show it. */
export const parameterView = ({ name, value, isSealed, stored }: ParameterRecord) => ({
  ParameterKey: name,
  ParameterValue: isSealed ? MASK : value,
  ...(stored === undefined ? {} : { ResolvedValue: isSealed ? MASK : stored }),
});

/** The rollback triggers of a stack or a change set. */
export const rollbackView = (settings: RollbackSettings | undefined) => ({
  ...(settings && settings.triggers.length > 0
    ? { RollbackTriggers: settings.triggers.map(({ arn, type }) => ({ Arn: arn, Type: type })) }
    : {}),
  ...(settings?.monitoringMinutes === undefined ? {} : { MonitoringTimeInMinutes: settings.monitoringMinutes }),
});

export const tagView = ({ key, value }: TagRecord) => ({ Key: key, Value: value });

/** AWS gives them in the order of the request. */
export const capabilitiesView = (given: readonly string[]): Capability[] => [...new Set(given)].filter(isCapability);

const CAPABILITIES: ReadonlySet<string> = new Set<Capability>([
  "CAPABILITY_IAM",
  "CAPABILITY_NAMED_IAM",
  "CAPABILITY_AUTO_EXPAND",
]);

const isCapability = (text: string): text is Capability => CAPABILITIES.has(text);

const outputView = ({ key, value, description, exportName }: OutputRecord) => ({
  OutputKey: key,
  OutputValue: value,
  ...(description === undefined ? {} : { Description: description }),
  ...(exportName === undefined ? {} : { ExportName: exportName }),
});

/** An event as DescribeStackEvents gives it. */
export const eventView = (event: EventRecord) => ({
  StackId: event.stackId,
  EventId: event.eventId,
  StackName: event.stackName,
  ...(event.operationId === undefined ? {} : { OperationId: event.operationId }),
  LogicalResourceId: event.logicalId,
  PhysicalResourceId: event.physicalId ?? "",
  ResourceType: event.type,
  Timestamp: new Date(event.at),
  // The statuses are AWS's own names; the SDK's type merely lists them.
  ResourceStatus: resourceStatus(event.status),
  ...(event.reason ? { ResourceStatusReason: event.reason } : {}),
  ...(event.properties === undefined ? {} : { ResourceProperties: event.properties }),
  ...(event.clientRequestToken === undefined ? {} : { ClientRequestToken: event.clientRequestToken }),
});

/** An event as DescribeEvents gives it, beside what it belongs to. */
export const operationEventView = (event: EventRecord) => {
  const { StackName: _name, ...view } = eventView(event);
  const isFailure = event.status.endsWith("_FAILED");
  return {
    ...view,
    EventType: isFailure ? ("PROVISIONING_ERROR" as const) : ("STACK_EVENT" as const),
    ...(event.operationType === undefined ? {} : { OperationType: event.operationType }),
  };
};

/** The operation that has just begun on a stack. */
export const operationView = ({ tables }: Pick<Room, "tables">, stackId: string) => {
  const id = tables.stacks.get(stackId)?.operation?.operationId;
  return id === undefined ? {} : { OperationId: id };
};

const lastOperationsView = ({ operation, lastOperation }: StackRecord) => {
  const last = operation ?? lastOperation;
  return last?.operationId === undefined
    ? {}
    : { LastOperations: [{ OperationType: last.operationType, OperationId: last.operationId }] };
};

/** A resource as DescribeStackResources and DescribeStackResource give it. */
export const resourceView = (stack: StackRecord, record: ResourceRecord, drift: DriftRecord | undefined) => ({
  StackName: stack.stackName,
  StackId: stack.stackId,
  LogicalResourceId: record.logicalId,
  ...(shownId(record) === undefined ? {} : { PhysicalResourceId: shownId(record) }),
  ResourceType: record.type,
  ResourceStatus: record.status,
  ...(record.reason ? { ResourceStatusReason: record.reason } : {}),
  DriftInformation: {
    StackResourceDriftStatus: drift?.status ?? ("NOT_CHECKED" as const),
    ...(drift === undefined ? {} : { LastCheckTimestamp: new Date(drift.at) }),
  },
});

/** While a replacement is being made, the old one is what the stack has. */
export const shownId = (record: ResourceRecord): string | undefined => record.physicalId ?? record.before?.physicalId;

// AWS tells stack statuses in events too, which its SDK's list of resource statuses lacks.
const isResourceStatus = (status: string): status is ResourceStatus => status !== "";

const resourceStatus = (status: string): ResourceStatus | undefined => (isResourceStatus(status) ? status : undefined);
