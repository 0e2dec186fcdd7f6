import type { StackRecord } from "../records.ts";
import type { DriftRecord } from "./records.ts";

/** How a resource compared, as the API answers it. */
export const driftView = ({ stackId }: Pick<StackRecord, "stackId">, drift: DriftRecord) => ({
  StackId: stackId,
  LogicalResourceId: drift.logicalId,
  PhysicalResourceId: drift.physicalId,
  ResourceType: drift.type,
  StackResourceDriftStatus: drift.status,
  Timestamp: new Date(drift.at),
  ExpectedProperties: drift.expected,
  ...(drift.actual === undefined ? {} : { ActualProperties: drift.actual }),
  PropertyDifferences: drift.differences.map(differenceView),
});

export const differenceView = ({ path, expected, actual, type }: DriftRecord["differences"][number]) => ({
  PropertyPath: path,
  ExpectedValue: expected,
  ActualValue: actual,
  DifferenceType: type,
});
