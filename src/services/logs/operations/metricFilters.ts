import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { filterNotFound, invalidParameter, limitExceeded } from "../errors.ts";
import { extractedValues } from "../filterPattern/extract.ts";
import { parseFilterPattern } from "../filterPattern/filterPattern.ts";
import { findGroup } from "../find.ts";
import { DEFAULT_LIST_SIZE, MAX_METRIC_FILTERS } from "../limits.ts";
import { page } from "../paging.ts";
import type { MetricFilterRecord, TransformationRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { unitView } from "../units.ts";

type Transformation = InputOf<AwsModels["logs"], "PutMetricFilter">["metricTransformations"][number];

export const putMetricFilter =
  (room: Room): Operation<"PutMetricFilter"> =>
  async (_ctx, input) => {
    const { name: group } = findGroup(room, input.logGroupName);
    if (input.fieldSelectionCriteria !== undefined || (input.emitSystemFieldDimensions ?? []).length > 0)
      throw new NotImplemented("logs metric filters by system fields");
    parseFilterPattern(input.filterPattern);
    const key = [group, input.filterName];
    if (!room.metricFilters.has(key) && room.metricFilters.count({ prefix: [group] }) >= MAX_METRIC_FILTERS)
      throw limitExceeded();
    room.metricFilters.put(key, {
      group,
      name: input.filterName,
      pattern: input.filterPattern,
      createdAt: room.metricFilters.get(key)?.createdAt ?? room.clock.now(),
      transformations: input.metricTransformations.map((each) => transformationFrom(each, input.filterPattern)),
    });
    room.filters.forget(group);
    return {};
  };

const transformationFrom = (input: Transformation, pattern: string): TransformationRecord => {
  const { metricName, metricNamespace, metricValue, defaultValue, dimensions, unit } = input;
  if (!metricValue.startsWith("$") && Number.isNaN(Number(metricValue)))
    throw invalidParameter("Invalid metric transformation: metricValue must be a number or a field of the pattern.");
  if (metricValue.startsWith("$") && !/^\s*[{[]/.test(pattern))
    throw invalidParameter("Invalid metric transformation: the pattern names no fields for metricValue.");
  if (dimensions !== undefined && defaultValue !== undefined)
    throw invalidParameter(
      "Invalid metric transformation: dimensions and default value are mutually exclusive properties.",
    );
  return {
    metricName,
    metricNamespace,
    metricValue,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(unit === undefined ? {} : { unit }),
  };
};

export const describeMetricFilters =
  (room: Room): Operation<"DescribeMetricFilters"> =>
  async (_ctx, input) => {
    const { logGroupName, filterNamePrefix = "", metricName, metricNamespace } = input;
    if ((metricName === undefined) !== (metricNamespace === undefined))
      throw invalidParameter("metricName and metricNamespace must be given together.");
    const prefix = logGroupName === undefined ? [] : [findGroup(room, logGroupName).name];
    const wanted = [...room.metricFilters.range({ prefix })]
      .map(({ value }) => value)
      .filter(
        ({ name, transformations }) =>
          name.startsWith(filterNamePrefix) &&
          (metricName === undefined ||
            transformations.some((each) => each.metricName === metricName && each.metricNamespace === metricNamespace)),
      )
      // AWS: by the filter's name, whatever its group.
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const { items, ...next } = page(wanted, keyOf, input.nextToken, input.limit ?? DEFAULT_LIST_SIZE);
    return { metricFilters: items.map(filterView), ...next };
  };

const keyOf = ({ group, name }: MetricFilterRecord): string => `${group} ${name}`;

const filterView = ({ group, name, pattern, createdAt, transformations }: MetricFilterRecord) => ({
  filterName: name,
  filterPattern: pattern,
  metricTransformations: transformations.map(({ unit, ...each }) => ({
    ...each,
    ...(unit === undefined ? {} : { unit: unitView(unit) }),
  })),
  creationTime: createdAt,
  logGroupName: group,
  applyOnTransformedLogs: false,
});

export const deleteMetricFilter =
  (room: Room): Operation<"DeleteMetricFilter"> =>
  async (_ctx, { logGroupName, filterName }) => {
    const { name: group } = findGroup(room, logGroupName);
    if (!room.metricFilters.delete([group, filterName])) throw filterNotFound("metric");
    room.filters.forget(group);
    return {};
  };

export const testMetricFilter = (): Operation<"TestMetricFilter"> => async (_ctx, input) => {
  const matches = parseFilterPattern(input.filterPattern);
  return {
    matches: input.logEventMessages.flatMap((eventMessage, index) =>
      matches(eventMessage)
        ? [
            {
              eventNumber: index + 1,
              eventMessage,
              extractedValues: extractedValues(input.filterPattern, eventMessage),
            },
          ]
        : [],
    ),
  };
};
