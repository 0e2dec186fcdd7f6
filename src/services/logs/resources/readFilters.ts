import {
  capitalized,
  parsed,
  plain,
  type ResourceReader,
  textOf,
  unlessMissing,
} from "../../../kernel/resourceReading.ts";

const GONE = "ResourceNotFoundException";

/** What of a group has a name of its own: an import knows it by both, a stack by the latter. */
const ownName = (physicalId: string): string => physicalId.split("|").at(-1) ?? "";

/** A metric filter as it is now; whose it is, only the template tells. */
export const readMetricFilter: ResourceReader = async (ctx, physicalId, given) => {
  const [logGroupName, filterName] = [textOf(given, "LogGroupName"), ownName(physicalId)];
  const asked = ctx.call("logs", "DescribeMetricFilters", { logGroupName, filterNamePrefix: filterName });
  const found = (await unlessMissing(asked, GONE))?.metricFilters?.find((each) => each.filterName === filterName);
  if (!found) return undefined;
  const properties = plain({
    LogGroupName: logGroupName,
    FilterName: filterName,
    FilterPattern: found.filterPattern,
    MetricTransformations: (found.metricTransformations ?? []).map(({ dimensions = {}, ...each }) => ({
      ...capitalized(each),
      Dimensions: Object.entries(dimensions).map(([Key, Value]) => ({ Key, Value })),
    })),
  });
  const unread = ["ApplyOnTransformedLogs", "EmitSystemFieldDimensions", "FieldSelectionCriteria"];
  return { physicalId: filterName, attributes: {}, properties, unread };
};

/** A subscription filter as it is now; whose it is, only the template tells. */
export const readSubscriptionFilter: ResourceReader = async (ctx, physicalId, given) => {
  const [logGroupName, filterName] = [textOf(given, "LogGroupName"), ownName(physicalId)];
  const asked = ctx.call("logs", "DescribeSubscriptionFilters", { logGroupName, filterNamePrefix: filterName });
  const found = (await unlessMissing(asked, GONE))?.subscriptionFilters?.find((each) => each.filterName === filterName);
  const properties = found && capitalized(found);
  const unread = ["ApplyOnTransformedLogs", "EmitSystemFields", "FieldSelectionCriteria"];
  return properties && { physicalId: filterName, attributes: {}, properties, unread };
};

/** A policy of the account's log groups as it is now. */
export const readResourcePolicy: ResourceReader = async (ctx, physicalId) => {
  const { resourcePolicies = [] } = await ctx.call("logs", "DescribeResourcePolicies", {});
  const found = resourcePolicies.find(({ policyName }) => policyName === physicalId);
  const properties = found && plain({ PolicyName: physicalId, PolicyDocument: parsed(found.policyDocument) });
  return properties && { physicalId, attributes: {}, properties, unread: [] };
};

/** Whether a log stream is there; whose it is, only the template tells. */
export const readLogStream: ResourceReader = async (ctx, physicalId, given) => {
  const LogGroupName = textOf(given, "LogGroupName");
  const asked = ctx.call("logs", "DescribeLogStreams", { logGroupName: LogGroupName, logStreamNamePrefix: physicalId });
  const found = (await unlessMissing(asked, GONE))?.logStreams?.find((each) => each.logStreamName === physicalId);
  const properties = found && plain({ LogGroupName, LogStreamName: physicalId });
  return properties && { physicalId, attributes: {}, properties, unread: [] };
};
