import { invalidValue, validationError } from "../errors.ts";
import { statisticOf } from "../metrics/statistic.ts";
import { periodIsValid } from "../metrics/time.ts";
import type { MetricQuery, QueriedMetric } from "../records.ts";
import { dimensionsOf, dimensionsView, unitView } from "../views.ts";

type Maybe<T> = T | undefined;

/** A query as GetMetricData and PutMetricAlarm take it. */
export interface QueryInput {
  readonly Id?: Maybe<string>;
  readonly Expression?: Maybe<string>;
  readonly Label?: Maybe<string>;
  readonly ReturnData?: Maybe<boolean>;
  readonly Period?: Maybe<number>;
  readonly AccountId?: Maybe<string>;
  readonly MetricStat?: Maybe<{
    readonly Metric?: Maybe<{
      readonly Namespace?: Maybe<string>;
      readonly MetricName?: Maybe<string>;
      readonly Dimensions?: Maybe<readonly { readonly Name?: Maybe<string>; readonly Value?: Maybe<string> }[]>;
    }>;
    readonly Period?: Maybe<number>;
    readonly Stat?: Maybe<string>;
    readonly Unit?: Maybe<string>;
  }>;
}

export const queryFrom = (input: QueryInput): MetricQuery => ({
  id: input.Id ?? "",
  returnData: input.ReturnData ?? true,
  ...(input.Expression === undefined ? {} : { expression: input.Expression }),
  ...(input.Label === undefined ? {} : { label: input.Label }),
  ...(input.Period === undefined ? {} : { period: input.Period }),
  ...(input.MetricStat === undefined ? {} : { metric: metricFrom(input.MetricStat) }),
});

const metricFrom = ({ Metric, Period = 0, Stat = "", Unit }: NonNullable<QueryInput["MetricStat"]>): QueriedMetric => {
  const { Namespace = "", MetricName = "", Dimensions = [] } = Metric ?? {};
  if (Namespace === "" || MetricName === "")
    throw validationError("The parameter MetricDataQueries.MetricStat.Metric must name a Namespace and a MetricName.");
  if (!periodIsValid(Period))
    throw invalidValue(
      "The parameter MetricDataQueries.MetricStat.Period must be 1, 5, 10, 20, 30, or a multiple of 60.",
    );
  if (!statisticOf(Stat))
    throw validationError(`The value ${Stat} for parameter MetricDataQueries.MetricStat.Stat is not supported.`);
  return {
    namespace: Namespace,
    name: MetricName,
    dimensions: dimensionsOf(Dimensions),
    period: Period,
    stat: Stat,
    ...(Unit === undefined ? {} : { unit: Unit }),
  };
};

/** A query as DescribeAlarms answers it. */
export const queryView = ({ id, expression, label, returnData, period, metric }: MetricQuery) => ({
  Id: id,
  ...(metric === undefined
    ? {}
    : {
        MetricStat: {
          Metric: {
            Namespace: metric.namespace,
            MetricName: metric.name,
            Dimensions: dimensionsView(metric.dimensions),
          },
          Period: metric.period,
          Stat: metric.stat,
          ...(metric.unit === undefined ? {} : { Unit: unitView(metric.unit) }),
        },
      }),
  ...(expression === undefined ? {} : { Expression: expression }),
  ...(label === undefined ? {} : { Label: label }),
  ...(period === undefined ? {} : { Period: period }),
  ReturnData: returnData,
});
