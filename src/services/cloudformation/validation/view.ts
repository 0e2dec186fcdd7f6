import type { ChangeSetRecord } from "../records.ts";
import type { ValidationRecord } from "./records.ts";

/** What was found against a change set, as DescribeEvents tells of it. */
export const validationView = (
  { stackId, operationId }: Pick<ChangeSetRecord, "stackId" | "operationId">,
  found: ValidationRecord,
) => ({
  EventId: found.eventId,
  StackId: stackId,
  OperationId: operationId,
  OperationType: "CREATE_CHANGESET" as const,
  EventType: "VALIDATION_ERROR" as const,
  LogicalResourceId: found.logicalId,
  PhysicalResourceId: found.physicalId,
  ResourceType: found.type,
  Timestamp: new Date(found.at),
  ValidationFailureMode: found.mode,
  ValidationName: found.name,
  ValidationStatus: found.status,
  ValidationStatusReason: found.reason,
  ValidationPath: `/Resources/${found.logicalId}`,
});
