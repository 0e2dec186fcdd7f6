import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useLoad } from "../../api/useAws.ts";
import { MetricPlot } from "../../parts/MetricPlot.tsx";
import { type MetricQuery, measure } from "../../parts/metrics.ts";
import { Loaded } from "../../parts/states.tsx";
import { duration } from "../../parts/time.tsx";
import type { MetricAlarm } from "./alarms.ts";

const PERIODS = 60;
const REFRESH_MS = 10_000;
const OWN_METRIC = "own";
const figure = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 });

/** What an alarm looks at, and the threshold that it is held against. */
export const AlarmPlot = ({ alarm }: { readonly alarm: MetricAlarm }) => {
  const queries = queriesOf(alarm);
  const periodMs = periodOf(alarm) * 1000;
  const query = useLoad(["cloudwatch", "plot", alarm.AlarmArn, queries], () => measure(queries, periodMs, PERIODS), {
    refreshMs: REFRESH_MS,
  });
  const shown = queries.find(({ ReturnData }) => ReturnData !== false)?.Id ?? OWN_METRIC;
  return (
    <Container header={<Header description={`The last ${PERIODS} periods of ${duration(periodMs)}.`}>Metric</Header>}>
      <Loaded query={query} what="the metric">
        {(measured) => (
          <MetricPlot
            title={alarm.MetricName ?? "The alarm's expression"}
            over={measured}
            format={figure.format}
            threshold={alarm.Threshold}
            lines={[{ label: statisticOf(alarm), tone: "busy", points: measured.points.get(shown) ?? [] }]}
          />
        )}
      </Loaded>
    </Container>
  );
};

const statisticOf = ({ Statistic, ExtendedStatistic }: MetricAlarm): string =>
  Statistic ?? ExtendedStatistic ?? "value";

/** An alarm on an expression has its period in its metrics. */
const periodOf = ({ Period, Metrics = [] }: MetricAlarm): number =>
  Period ?? Math.max(...Metrics.map((metric) => metric.MetricStat?.Period ?? metric.Period ?? 0), 60);

const queriesOf = (alarm: MetricAlarm): readonly MetricQuery[] => {
  const { Namespace, MetricName, Dimensions = [], Period = 60, Metrics = [], Unit } = alarm;
  if (MetricName === undefined) return Metrics;
  const Metric = { Namespace, MetricName, Dimensions };
  return [{ Id: OWN_METRIC, MetricStat: { Metric, Period, Stat: statisticOf(alarm), ...(Unit ? { Unit } : {}) } }];
};
