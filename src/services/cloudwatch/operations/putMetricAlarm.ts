import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { checkedActions } from "../alarms/checks.ts";
import { periodOf } from "../alarms/evaluate.ts";
import { saveAlarm } from "../alarms/save.ts";
import { validationError } from "../errors.ts";
import { MAX_EVALUATION_SECONDS, MAX_SUBDAILY_EVALUATION_SECONDS } from "../limits.ts";
import { checkQueries } from "../math/evaluate.ts";
import { queryFrom } from "../math/queries.ts";
import { statisticOf } from "../metrics/statistic.ts";
import { periodIsValid } from "../metrics/time.ts";
import type { Comparison, MetricAlarmRecord, MetricQuery } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { dimensionsOf, tagsFrom } from "../views.ts";

type Input = InputOf<AwsModels["cloudwatch"], "PutMetricAlarm">;

const COMPARISONS: readonly Comparison[] = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
];
const MISSING_DATA: readonly string[] = ["breaching", "notBreaching", "ignore", "missing"];

export const putMetricAlarm =
  (room: Room): Operation<"PutMetricAlarm"> =>
  async (ctx, input) => {
    const comparison = checkedComparison(input);
    const queries = input.Metrics ? mathQueries(input) : [singleQuery(input)];
    checkTerms(input, queries);
    const { EvaluationPeriods = 1, Threshold = 0 } = input;
    const terms: Pick<MetricAlarmRecord, TermNames> = {
      kind: "metric",
      queries,
      isSingle: input.Metrics === undefined,
      evaluationPeriods: EvaluationPeriods,
      threshold: Threshold,
      comparison,
      ...(input.Statistic === undefined ? {} : { statistic: input.Statistic }),
      ...(input.ExtendedStatistic === undefined ? {} : { extendedStatistic: input.ExtendedStatistic }),
      ...(input.DatapointsToAlarm === undefined ? {} : { datapointsToAlarm: input.DatapointsToAlarm }),
      ...(input.TreatMissingData === undefined ? {} : { treatMissingData: input.TreatMissingData }),
      ...(input.EvaluateLowSampleCountPercentile === undefined
        ? {}
        : { evaluateLowSampleCountPercentile: input.EvaluateLowSampleCountPercentile }),
    };
    const description = input.AlarmDescription === undefined ? {} : { description: input.AlarmDescription };
    saveAlarm(room, ctx, input.AlarmName, tagsFrom(input.Tags), (base) => ({
      ...base,
      ...terms,
      ...description,
      ...checkedActions(room, input),
      actionsEnabled: input.ActionsEnabled ?? true,
    }));
    return {};
  };

type TermNames =
  | "kind"
  | "queries"
  | "isSingle"
  | "statistic"
  | "extendedStatistic"
  | "evaluationPeriods"
  | "datapointsToAlarm"
  | "threshold"
  | "comparison"
  | "treatMissingData"
  | "evaluateLowSampleCountPercentile";

const checkedComparison = (input: Input): Comparison => {
  const name = input.ComparisonOperator;
  if (input.EvaluationCriteria !== undefined) throw new NotImplemented("cloudwatch alarms on PromQL");
  if (input.ThresholdMetricId !== undefined || (name !== undefined && /UpperThreshold|LowerThreshold/.test(name)))
    throw new NotImplemented("cloudwatch alarms on anomaly detection");
  const comparison = COMPARISONS.find((each) => each === name);
  if (!comparison) throw validationError("ComparisonOperator must not be null.");
  return comparison;
};

const singleQuery = (input: Input): MetricQuery => {
  const { MetricName, Namespace, Period, Statistic, ExtendedStatistic } = input;
  if (MetricName === undefined) throw validationError("MetricName must not be null.");
  if (Namespace === undefined) throw validationError("Namespace must not be null.");
  if (Period === undefined) throw validationError("Period must not be null.");
  if ((Statistic === undefined) === (ExtendedStatistic === undefined))
    throw validationError("Exactly one of Statistic and ExtendedStatistic must be specified.");
  if (!periodIsValid(Period)) throw validationError("Period must be 10, 20, 30 or a multiple of 60.");
  const stat = Statistic ?? ExtendedStatistic ?? "";
  if (!statisticOf(stat)) throw validationError(`The value ${stat} for parameter ExtendedStatistic is not supported.`);
  return {
    id: "",
    returnData: true,
    metric: {
      namespace: Namespace,
      name: MetricName,
      dimensions: dimensionsOf(input.Dimensions),
      period: Period,
      stat,
      ...(input.Unit === undefined ? {} : { unit: input.Unit }),
    },
  };
};

const mathQueries = (input: Input): readonly MetricQuery[] => {
  const { Namespace, MetricName, Statistic, ExtendedStatistic, Period, Dimensions, Unit, Metrics = [] } = input;
  if (
    [Namespace, MetricName, Statistic, ExtendedStatistic, Period, Dimensions, Unit].some((each) => each !== undefined)
  )
    throw validationError(
      "If you specify the Metrics parameter, you cannot specify MetricName, Namespace, Dimensions, Period, Unit, Statistic, or ExtendedStatistic.",
    );
  const queries = Metrics.map(queryFrom);
  checkQueries(queries);
  if (queries.filter(({ returnData }) => returnData).length !== 1)
    throw validationError("Exactly one element of the metrics list should return data.");
  return queries;
};

const checkTerms = (input: Input, queries: readonly MetricQuery[]): void => {
  const { EvaluationPeriods, DatapointsToAlarm, Threshold, TreatMissingData } = input;
  if (EvaluationPeriods === undefined) throw validationError("EvaluationPeriods must not be null.");
  if (Threshold === undefined) throw validationError("Threshold must not be null.");
  if (!Number.isFinite(Threshold)) throw validationError(`The value ${Threshold} for parameter Threshold is invalid.`);
  if (DatapointsToAlarm !== undefined && DatapointsToAlarm > EvaluationPeriods)
    throw validationError("DatapointsToAlarm must be less than or equal to EvaluationPeriods.");
  if (TreatMissingData !== undefined && !MISSING_DATA.includes(TreatMissingData))
    throw validationError(
      `Option ${TreatMissingData} is not supported for TreatMissingData. Valid values are [breaching, notBreaching, ignore, missing].`,
    );
  const span = EvaluationPeriods * periodOf({ queries });
  if (periodOf({ queries }) < 3600 && span > MAX_SUBDAILY_EVALUATION_SECONDS)
    throw validationError(
      "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).",
    );
  if (span > MAX_EVALUATION_SECONDS)
    throw validationError(
      "Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800).",
    );
};
