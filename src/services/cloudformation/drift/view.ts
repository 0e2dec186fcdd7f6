import type { DriftRecord, StackRecord } from "../records.ts";

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
  PropertyDifferences: drift.differences.map(({ path, expected, actual, type }) => ({
    PropertyPath: path,
    ExpectedValue: expected,
    ActualValue: actual,
    DifferenceType: type,
  })),
});
