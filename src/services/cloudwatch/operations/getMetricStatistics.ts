import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import { invalidCombination, invalidValue, missing } from "../errors.ts";
import { MAX_STATISTICS_DATAPOINTS } from "../limits.ts";
import { gather } from "../metrics/gather.ts";
import { type Datapoint, datapoints, findSeries } from "../metrics/series.ts";
import { statisticOf } from "../metrics/statistic.ts";
import { periodIsValid } from "../metrics/time.ts";
import type { Operation, Room } from "../room.ts";
import { dimensionsOf, unitView } from "../views.ts";

type Input = InputOf<AwsModels["cloudwatch"], "GetMetricStatistics">;

export const getMetricStatistics =
  (room: Room): Operation<"GetMetricStatistics"> =>
  async (_ctx, input) => {
    const { Namespace, MetricName, Statistics = [], ExtendedStatistics = [], Period } = input;
    const { start, end } = checkedTimes(input);
    gather(room);
    const series = findSeries(room, {
      namespace: Namespace,
      name: MetricName,
      dimensions: dimensionsOf(input.Dimensions),
    });
    if (!series) return { Label: MetricName, Datapoints: [] };
    const window = { start, end, periodSeconds: Period, ...(input.Unit === undefined ? {} : { unit: input.Unit }) };
    return {
      Label: MetricName,
      Datapoints: datapoints(room, series.id, window).map((point) =>
        datapointView(point, Statistics, ExtendedStatistics),
      ),
    };
  };

const checkedTimes = (input: Input) => {
  const { Period, Statistics = [], ExtendedStatistics = [] } = input;
  const [start, end] = [input.StartTime.getTime(), input.EndTime.getTime()];
  if (start >= end) {
    throw invalidValue("The parameter StartTime must be less than the parameter EndTime.");
  }
  if (!periodIsValid(Period))
    throw invalidValue(
      `The parameter Period must be greater than or equal to 60 and a multiple of 60, or one of 1, 5, 10, 20, 30.`,
    );
  if (Statistics.length + ExtendedStatistics.length === 0)
    throw missing("At least one of the parameters Statistics and ExtendedStatistics must be specified.");
  const wrong = ExtendedStatistics.find((name) => !statisticOf(name));
  if (wrong !== undefined) throw invalidValue(`The value ${wrong} for parameter ExtendedStatistics is not supported.`);
  const asked = Math.ceil((end - start) / (Period * 1000));
  if (asked > MAX_STATISTICS_DATAPOINTS) {
    throw invalidCombination(
      `You have requested up to ${asked} datapoints, which exceeds the limit of ${MAX_STATISTICS_DATAPOINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  // AWS: the start goes down to a whole second, minute, five minutes or hour, by how long ago it is; the period lies on it.
  const step = Math.min(Period, 60) * 1000;
  return { start: Math.floor(start / step) * step, end };
};

const datapointView = ({ at, unit, cell }: Datapoint, statistics: readonly string[], extended: readonly string[]) => {
  const take = (name: string) => statisticOf(name)?.(cell);
  const simple = Object.fromEntries(statistics.map((name) => [name, take(name)]));
  const more = Object.fromEntries(
    extended.flatMap((name): [string, number][] => {
      const value = take(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return {
    Timestamp: new Date(at),
    Unit: unitView(unit),
    ...simple,
    ...(extended.length === 0 ? {} : { ExtendedStatistics: more }),
  };
};
