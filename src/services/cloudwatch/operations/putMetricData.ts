import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import { invalidCombination, invalidValue, missing } from "../errors.ts";
import { MAX_DATA_PER_PUT, MAX_DATUM_AGE_MS, MAX_DATUM_FUTURE_MS, MAX_VALUES_PER_DATUM } from "../limits.ts";
import { type Cell, cellOf } from "../metrics/cell.ts";
import { add } from "../metrics/series.ts";
import type { Operation, Room } from "../room.ts";
import { dimensionsOf } from "../views.ts";

type Datum = NonNullable<InputOf<AwsModels["cloudwatch"], "PutMetricData">["MetricData"]>[number];

export const putMetricData =
  (room: Room): Operation<"PutMetricData"> =>
  async (_ctx, input) => {
    const { Namespace, MetricData = [], EntityMetricData = [] } = input;
    if (Namespace.startsWith("AWS/")) throw invalidValue("The value AWS/ for parameter Namespace is invalid.");
    const data = [...MetricData, ...EntityMetricData.flatMap((each) => each.MetricData ?? [])];
    if (data.length === 0) throw missing("The parameter MetricData is required.");
    if (data.length > MAX_DATA_PER_PUT)
      throw invalidValue(`The collection MetricData must not have a size greater than ${MAX_DATA_PER_PUT}.`);
    const now = room.clock.now();
    const additions = data.map((datum, index) => {
      const path = `MetricData.member.${index + 1}`;
      return {
        metric: { namespace: Namespace, name: datum.MetricName, dimensions: dimensionsOf(datum.Dimensions) },
        at: timeOf(datum, path, now),
        unit: datum.Unit ?? "None",
        cell: cellFrom(datum, path),
        isHighResolution: resolutionOf(datum, path) === 1,
      };
    });
    // All of a call or none of it.
    room.records.atomically(() => {
      for (const { metric, ...addition } of additions) add(room, metric, addition);
    });
    return {};
  };

const timeOf = ({ Timestamp }: Datum, path: string, now: number): number => {
  if (Timestamp === undefined) return now;
  const at = Timestamp.getTime();
  const parameter = `The parameter ${path}.Timestamp must specify a time`;
  if (at < now - MAX_DATUM_AGE_MS) throw invalidValue(`${parameter} no more than two weeks in the past.`);
  if (at > now + MAX_DATUM_FUTURE_MS) throw invalidValue(`${parameter} no more than two hours in the future.`);
  return at;
};

const resolutionOf = ({ StorageResolution = 60 }: Datum, path: string): number => {
  if (StorageResolution === 1 || StorageResolution === 60) return StorageResolution;
  throw invalidValue(`The value ${StorageResolution} for parameter ${path}.StorageResolution is invalid.`);
};

const cellFrom = (datum: Datum, path: string): Cell => {
  const given = [datum.Value, datum.StatisticValues, datum.Values].filter((each) => each !== undefined);
  if (given.length === 0) throw missing(`The parameter ${path}.Value is required.`);
  // AWS: statistics beside values are let pass, and count.
  if (given.length > 1 && datum.Value !== undefined) throw invalidCombination(exclusive(datum, path));
  if (datum.StatisticValues) {
    const { SampleCount, Sum, Minimum, Maximum } = datum.StatisticValues;
    for (const [name, value] of Object.entries({ SampleCount, Sum, Minimum, Maximum }))
      checked(value, `${path}.StatisticValues.${name}`);
    if (Minimum > Maximum)
      throw invalidCombination(
        `The parameters ${path}.StatisticValues.Minimum and ${path}.StatisticValues.Maximum are not valid: the minimum is greater than the maximum.`,
      );
    return { count: SampleCount, sum: Sum, min: Minimum, max: Maximum, values: undefined };
  }
  if (datum.Value !== undefined) return cellOf(new Map([[checked(datum.Value, `${path}.Value`), 1]]));
  return cellFromValues(datum, path);
};

const exclusive = ({ StatisticValues }: Datum, path: string): string => {
  const second = StatisticValues === undefined ? "Values" : "StatisticValues";
  return `The parameters ${path}.Value and ${path}.${second} are mutually exclusive and you have specified both.`;
};

const cellFromValues = ({ Values = [], Counts }: Datum, path: string): Cell => {
  if (Values.length === 0) throw missing(`The parameter ${path}.Values is required.`);
  if (Values.length > MAX_VALUES_PER_DATUM)
    throw invalidValue(`The collection ${path}.Values must not have a size greater than ${MAX_VALUES_PER_DATUM}.`);
  if (Counts && Counts.length !== Values.length)
    throw invalidValue(`The parameters ${path}.Values and ${path}.Counts must be of the same size.`);
  const counted = new Map<number, number>();
  for (const [index, value] of Values.entries()) {
    const times = Counts?.[index] ?? 1;
    checked(value, `${path}.Values.member.${index + 1}`);
    if (!(times >= 0))
      throw invalidValue(`The value ${times} for parameter ${path}.Counts.member.${index + 1} is invalid.`);
    counted.set(value, (counted.get(value) ?? 0) + times);
  }
  return cellOf(counted);
};

/** AWS: NaN, infinities and what lies beyond 2^360 are no values. */
const LIMIT = 2 ** 360;

const checked = (value: number, path: string): number => {
  if (Number.isFinite(value) && Math.abs(value) <= LIMIT) return value;
  throw invalidValue(`The value ${value} for parameter ${path} is invalid.`);
};
